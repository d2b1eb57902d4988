"""A guard's duties as a calendar that telephones read (iCalendar, RFC 5545). Pure."""

from datetime import UTC, datetime

from wanjia.kernel.calendar import CHINA

LINE = 75  # octets


def icalendar(duties, made_at):
    """Return the duties as iCalendar, times in UTC. duties: GateDuty rows with school and post; made_at: when it is made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Wanjia//Gates//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for one in duties:
        place = f"{one.school.unit.name} {one.post.name}"
        lines += [
            "BEGIN:VEVENT", f"UID:{one.place}-{one.party}-{one.n}-{one.day:%Y%m%d}-{one.from_at:%H%M}@wanjia", f"DTSTAMP:{_utc(made_at)}",
            f"DTSTART:{_utc(datetime.combine(one.day, one.from_at, CHINA))}", f"DTEND:{_utc(datetime.combine(one.day, one.to_at, CHINA))}", f"SUMMARY:{_text(f'护学岗 {place}')}",
            f"LOCATION:{_text(place)}", f"DESCRIPTION:{_text(one.post.task)}", "END:VEVENT",
        ]  # fmt: skip
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _utc(at):
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text):
    """Escape text; control characters, which RFC 5545 forbids, go."""
    safe = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "").replace("\n", "\\n")
    return "".join(letter for letter in safe if letter >= " " and letter != "\x7f")


def _folded(line):
    """Fold at 75 octets, never inside a character."""
    out, room = "", LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            out, room = out + "\r\n ", LINE - 1
        out, room = out + letter, room - size
    return out + "\r\n"
