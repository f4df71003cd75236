"""What the outbox remembers, and for how long it waits."""

import stat
from dataclasses import replace
from datetime import timedelta

import pytest
from sample import AS_OF, NOW, UNIT, digest, finding

from orchestration.alerts.messages import digest_message
from orchestration.alerts.outbox import (
    ALERTS,
    CHAT,
    DELIVERED,
    PENDING,
    REFUSED,
    Message,
    outbox,
    wait_after,
)
from orchestration.errors import SemaforoError

TARGET = "a@m.example"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "alertas.sqlite"


def keep(box, made, targets=(TARGET,)) -> str:
    message = digest_message(made, None, NOW)
    box.keep(message, targets, NOW, made)
    return message.message_id


def fill(path) -> None:
    """Keep messages, all of them or none, in a file that may not grow."""
    with outbox(path) as box:
        box._connection.execute("pragma max_page_count = 1")
        with box.together():
            for number in range(200):
                keep(box, digest(finding(f"b{number}")))


def keep_and_fail(box, made) -> None:
    with box.together():
        keep(box, made)
        raise RuntimeError


def test_a_damaged_file_is_said_in_a_line(path) -> None:
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(SemaforoError, match=rf"{path}: está dañado"), outbox(path):
        pass


def test_a_full_disk_is_said_in_a_line_and_nothing_is_kept(path) -> None:
    with outbox(path) as box:
        keep(box, digest(finding("a")))
    with pytest.raises(SemaforoError, match="no queda espacio"):
        fill(path)
    with outbox(path) as box:
        assert len(box.open_deliveries()) == 1


def test_it_is_for_its_owners_eyes_only(path) -> None:
    with outbox(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_message_and_what_it_tells_are_kept_together_or_not_at_all(path) -> None:
    made = digest(finding("a"))
    with outbox(path) as box:
        with pytest.raises(RuntimeError):
            keep_and_fail(box, made)
        assert box.told(UNIT) == {}
        assert box.open_deliveries() == []
        keep(box, made)
    with outbox(path) as box:
        assert box.told(UNIT)["a"].severity == "media"
        assert box.last_as_of() == AS_OF
        assert [each.target for each in box.open_deliveries()] == [TARGET]


def test_the_same_digest_twice_is_one_message(path) -> None:
    with outbox(path) as box:
        made = digest(finding("a"))
        keep(box, made)
        assert not box.keep(digest_message(made, None, NOW), [TARGET], NOW, made)
        assert len(box.open_deliveries()) == 1


def test_what_was_told_is_remembered_unit_by_unit(path) -> None:
    with outbox(path) as box:
        keep(box, digest(finding("a")))
        assert box.told(replace(UNIT, centre="CC.2")) == {}


def test_each_failure_waits_longer_up_to_six_hours(path) -> None:
    waits = [wait_after(attempts) for attempts in range(1, 10)]
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert waits[-1] == timedelta(hours=6)
    with outbox(path) as box:
        message = keep(box, digest(finding("a")))
        box.settle(message, TARGET, PENDING, "451", NOW)
        box.settle(message, TARGET, PENDING, "452", NOW)
        (waiting,) = box.open_deliveries()
        assert (waiting.attempts, waiting.last_detail) == (2, "452")
        assert waiting.next_attempt == NOW + timedelta(minutes=10)


def test_content_is_kept_until_it_arrived_everywhere(path) -> None:
    with outbox(path) as box:
        message = keep(box, digest(finding("a")), [TARGET, "b@m.example"])
        box.settle(message, TARGET, DELIVERED, "", NOW)
        assert box.content(message)
        box.settle(message, "b@m.example", DELIVERED, "", NOW)
        assert box.content(message) is None
        assert box.open_deliveries() == []


def test_what_reaches_nobody_is_known(path) -> None:
    with outbox(path) as box:
        alone = keep(box, digest(finding("a")), [])
        lost = keep(box, digest(finding("b")), [TARGET])
        reached = keep(box, digest(finding("c")), [TARGET, "b@m.example"])
        box.settle(lost, TARGET, REFUSED, "550", NOW)
        box.settle(reached, TARGET, REFUSED, "550", NOW)
        found = {message: refused for message, _, refused in box.unreached()}
        assert found == {alone: set(), lost: {TARGET}}
        assert [each.message_id for each in box.refused(reached_nobody=True)] == [lost]
        box.readdress(lost, ["c@m.example"], NOW)
        assert {message for message, _, _ in box.unreached()} == {alone}


def test_the_latest_report_date_told_is_the_last_one_in_whatever_order(path) -> None:
    made = digest(finding("a"))
    with outbox(path) as box:
        for days in (0, 31, -31):
            keep(box, replace(made, as_of=AS_OF + timedelta(days=days)))
        assert box.last_as_of() == AS_OF + timedelta(days=31)


def test_what_a_unit_was_told_last_is_what_it_knows(path) -> None:
    with outbox(path) as box:
        keep(box, digest(finding("a")))
        keep(box, digest(finding("a", severity="alta")))
        assert box.told(UNIT)["a"].severity == "alta"


def test_a_chat_that_nobody_reads_is_no_mail_to_readdress(path) -> None:
    with outbox(path) as box:
        box.keep(Message("<x@y>", CHAT, UNIT, "asunto", b"texto"), ["chat"], NOW)
        box.settle("<x@y>", "chat", REFUSED, "", NOW)
        assert box.unreached() == []


def test_what_was_being_sent_when_the_process_died_is_still_to_be_delivered(path) -> None:
    with outbox(path) as box:
        message = keep(box, digest(finding("a")))
        box.sending(message, [TARGET], NOW)
    with outbox(path) as box:
        assert [each.message_id for each in box.open_deliveries()] == [message]


def test_a_message_without_findings_tells_nothing(path) -> None:
    with outbox(path) as box:
        box.keep(Message("<x@y>", ALERTS, UNIT, "asunto", b"texto"), [TARGET], NOW)
        assert box.last_as_of() is None
        assert box.content("<x@y>") == b"texto"
