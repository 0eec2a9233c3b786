"""The measuring programs stay in step with the product they measure."""

import importlib
import pkgutil

import pytest

import bench


@pytest.mark.parametrize("name", sorted(module.name for module in pkgutil.iter_modules(bench.__path__)))
def test_every_part_loads(name):
    assert importlib.import_module(f"bench.{name}").__doc__
