"""What `diff` says against what the generated code shows: no break is missed, and none is invented."""

from __future__ import annotations

import copy

import pytest
import surface
import test_diff_arguments
import test_diff_operations
import test_diff_replies
import test_diff_settings
from differing import compared
from editing import source

from pmgen.diff.levels import Level

EDITS = {
    **test_diff_operations.EDITS,
    **test_diff_arguments.EDITS,
    **test_diff_replies.EDITS,
    **test_diff_settings.EDITS,
}


@pytest.mark.parametrize("name", EDITS)
def test_what_breaks_is_what_the_code_shows(name: str) -> None:
    edit = EDITS[name]
    old = source(edit.source)
    new = copy.deepcopy(old)
    edit.make(new)
    pair, found = compared(old, new)
    assert pair.old is not None
    assert pair.new is not None
    was, now = surface.surface(pair.old), surface.surface(pair.new)
    told = {change.kind for change in found if change.level is Level.BREAKING}
    broken = {sort for sort, _ in surface.broken(was, now)}
    assert broken == {sort for sort, kinds in surface.KINDS.items() if told & kinds}
    other = [*surface.annotated(was, now)]
    assert not other or any(change.level is not Level.DOCS for change in found)
