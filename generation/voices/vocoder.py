"""The WORLD vocoder: pyworld's compiled module, without what its package asks for at import.

The package reads its own version through setuptools' ``pkg_resources``, which Python 3.12 no longer brings along and
newer releases of setuptools no longer have. The module itself needs NumPy alone.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import Any

from generation.errors import MissingPart

_loading = threading.Lock()


def world() -> Any:
    """Return the module with ``cheaptrick``, ``d4c`` and ``synthesize``. Raises ``MissingPart`` if it is not there."""
    with _loading:  # a compiled module cannot be loaded twice, and lines are sung side by side
        return _loaded()


@cache
def _loaded() -> Any:
    package = find_spec("pyworld")
    places = package.submodule_search_locations if package else None
    module = PathFinder.find_spec("pyworld.pyworld", list(places or ()))
    if module is None or module.loader is None:
        raise MissingPart(
            "The singing vocoder is missing: install the package pyworld.", "缺少歌声合成组件：请安装 pyworld。"
        )
    vocoder = module_from_spec(module)
    module.loader.exec_module(vocoder)
    return vocoder
