"""Quality on development data: each module measures one feature beside its baseline."""
