from .reading.fetching import fetch
from .reproducing.bundle import bundle
from .reproducing.bundle_check import BundleCheck, check_bundle
from .reproducing.requirements import require, require_count

__all__ = [
    "fetch",
    "require",
    "require_count",
    "bundle",
    "BundleCheck",
    "check_bundle",
]
