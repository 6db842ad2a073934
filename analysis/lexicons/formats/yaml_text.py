"""Mappings, lists and strings as block YAML; every string is quoted, so nothing is given a type."""

import json
import re

# A JSON string is a YAML string but for these characters, which end a line there or are not allowed.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def yaml_text(value: object) -> str:
    """Return a tree of mappings, lists and strings as YAML."""
    return _block(value, "").lstrip("\n")


def _block(value: object, indent: str) -> str:
    if isinstance(value, str):
        return f" {_quoted(value)}\n"
    if not value:
        return " {}\n"
    if isinstance(value, list):
        return "\n" + "".join(f"{indent}-{_item(item, indent + '  ')}" for item in value)
    assert isinstance(value, dict)
    return "\n" + "".join(f"{indent}{_key(key)}:{_block(item, indent + '  ')}" for key, item in value.items())


def _item(value: object, indent: str) -> str:
    return " " + _block(value, indent).strip("\n ").removeprefix(indent) + "\n"


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
