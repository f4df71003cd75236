"""A unit is told that what is green now is expected to end red (R07)."""

import email
import email.policy

from generated_plans import LEFT_FOR_LATER
from mail import Sender

UNIT = "cc04@irregular.example"


def test_green_now_and_expected_red_reaches_the_digest_of_its_unit(course_warehouse, tmp_path):
    ((detail,),) = course_warehouse.query(f"""
        select detalle from marts.fct_alerta
        where regla_id = 'R07' and elemento_id = '{LEFT_FOR_LATER}' and resuelta_en is null
    """)
    sender = Sender(course_warehouse.copy_to(tmp_path / "warehouse"))
    done = sender.run("--dry-run", tmp_path / "messages")
    assert done.returncode == 0, done.stderr
    messages = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in (tmp_path / "messages").glob("*.eml")
    ]
    told = [
        message["to"]
        for message in messages
        if detail in " ".join(message.get_body(("plain",)).get_content().split())
    ]
    assert told == [UNIT]
