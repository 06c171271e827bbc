"""The demo event's programme: days, times in the event's zone, and what is said about each session."""

from dataclasses import dataclass

from events.models import Session

Format = Session.Format


#: After a hard session.
QUIET = (
    "That was a lot. Take ten minutes before what comes next: nothing is missed.\n\n"
    "If you would like to talk, Samaritans listen at any hour, in the UK and in Ireland: 116 123, free."
)


@dataclass(frozen=True)
class DemoTheme:
    """A theme of the demo event."""

    title: str
    colour: str
    summary: str
    description: str


@dataclass(frozen=True)
class DemoSession:
    """A session: ``day`` 1 or 2 (0: on demand), times as "10:30"; ``wanted`` is how many try to book it."""

    title: str
    format: Format
    day: int
    starts: str
    ends: str
    theme: str
    hosts: tuple[str, ...]
    summary: str
    description: str = ""
    capacity: int | None = None
    wanted: int = 0
    has_captions: bool = True
    has_sign_language: bool = False
    is_recorded: bool = False
    is_camera_optional: bool = True
    content_note: str = ""
    support_after: str = ""
    ground_rules: str = ""


EQUITY, FLOW, PEOPLE, TEAMS = (
    "Fairer care",
    "Smoother journeys",
    "Working with patients",
    "Teams that thrive",
)

THEMES = (
    DemoTheme(
        EQUITY,
        "#5a2a8c",
        "Who is left out, and what changed when somebody noticed.",
        "Sessions about gaps in access, experience and outcomes, and about the small and large changes "
        "that narrowed them.",
    ),
    DemoTheme(
        FLOW,
        "#1f5fa8",
        "Shorter waits, fewer hand-offs, less going round in circles.",
        "How people move through care, where they get stuck, and what teams did about it.",
    ),
    DemoTheme(
        PEOPLE,
        "#1b6b3a",
        "Nothing about us without us, in practice.",
        "Designing, testing and leading improvement together with the people whose care it is.",
    ),
    DemoTheme(
        TEAMS,
        "#8a5a00",
        "Good days at work make for good care.",
        "Psychological safety, rest, kindness under pressure, and how teams learn.",
    ),
)

MORNING_1, AFTERNOON_1 = (1, "10:30", "11:45"), (1, "13:30", "14:45")
MORNING_2, AFTERNOON_2 = (2, "10:30", "11:45"), (2, "13:00", "14:15")
RULES = "What is said here stays here; what is learned here leaves. Step out whenever you need to."

PLENARIES = (
    DemoSession(
        "Welcome: a community that notices",
        Format.PLENARY,
        1,
        "09:30",
        "10:15",
        "",
        ("Mairéad Ní Bhriain",),
        "How two thousand small observations became this year's programme.",
        has_sign_language=True,
        is_recorded=True,
    ),
    DemoSession(
        "The fishbowl: who gets to improve?",
        Format.PANEL,
        1,
        "15:00",
        "16:00",
        EQUITY,
        ("Hana Okafor", "Dai Prosser"),
        "Four chairs in the middle, one always free for you.",
        "A fishbowl has no audience. Five people talk; whoever wants to speak takes the empty chair, and "
        "somebody else steps back. The question: whose problems do we choose to work on, and who chooses?",
        has_sign_language=True,
    ),
    DemoSession(
        "Tea and strangers",
        Format.NETWORKING,
        1,
        "16:10",
        "16:50",
        "",
        (),
        "Meet three people for ten minutes each, with a question to start you off.",
    ),
    DemoSession(
        "Morning thoughts: what the waiting room taught me",
        Format.PLENARY,
        2,
        "09:30",
        "10:15",
        PEOPLE,
        ("Wendy Achterberg",),
        "A carer of nineteen years on what services look like from the plastic chair.",
        has_sign_language=True,
        is_recorded=True,
        content_note="Talks about the death of a parent.",
    ),
    DemoSession(
        "Closing: one thing by Friday",
        Format.PLENARY,
        2,
        "15:30",
        "16:15",
        "",
        ("Mairéad Ní Bhriain",),
        "Leave with one change small enough to try this week and somebody to tell about it.",
        has_sign_language=True,
        is_recorded=True,
    ),
    DemoSession(
        "Marketplace of ideas",
        Format.MARKETPLACE,
        1,
        "12:00",
        "13:15",
        "",
        (),
        "Twelve stalls, twelve teams, one table of leftovers nobody wanted to throw away.",
        "Wander from stall to stall. Each has something you can take home and try: a form, a script, a "
        "spreadsheet, a story of what did not work.",
    ),
)

WORKSHOPS = (
    DemoSession(
        "Missed appointments are messages",
        Format.WORKSHOP,
        *MORNING_1,
        EQUITY,
        ("Hana Okafor",),
        "What fifty people who did not come told us when we asked.",
        "We rang fifty people who had missed an appointment, and listened. Bring your own numbers: we will "
        "plan ten phone calls together and draft what to ask.",
        capacity=12,
        wanted=17,
    ),
    DemoSession(
        "Draw your ward as a river",
        Format.WORKSHOP,
        *MORNING_1,
        FLOW,
        ("Tomasz Wieczorek",),
        "A drawing exercise that finds the dams in a patient's journey.",
        "No drawing skill needed. By the end you have a picture of one journey, its dams and its "
        "tributaries, and a first thing to clear.",
        capacity=16,
        wanted=11,
    ),
    DemoSession(
        "Paying people for their time, fairly",
        Format.WORKSHOP,
        *MORNING_1,
        PEOPLE,
        ("Wendy Achterberg", "Rhys Llewellyn"),
        "Benefits, bank transfers and dignity: how to pay patient partners well.",
        capacity=10,
        wanted=10,
        is_camera_optional=True,
        ground_rules=RULES,
    ),
    DemoSession(
        "The ten-minute huddle, taken apart",
        Format.WORKSHOP,
        *MORNING_1,
        TEAMS,
        ("Priya Raman",),
        "Film, watch, change one thing, film again.",
        capacity=20,
        wanted=6,
        is_recorded=True,
    ),
    DemoSession(
        "Interpreters at the first minute, not the fortieth",
        Format.WORKSHOP,
        *AFTERNOON_1,
        EQUITY,
        ("Amina Yusuf",),
        "How one clinic books interpreters before anybody has to ask.",
        capacity=14,
        wanted=9,
        has_sign_language=True,
    ),
    DemoSession(
        "Discharge by lunchtime without a fight",
        Format.WORKSHOP,
        *AFTERNOON_1,
        FLOW,
        ("Callum Reid", "Tomasz Wieczorek"),
        "Small promises between a ward, a pharmacy and a taxi firm.",
        capacity=8,
        wanted=14,
    ),
    DemoSession(
        "Letters that people can read",
        Format.WORKSHOP,
        *AFTERNOON_1,
        PEOPLE,
        ("Siobhán Kelly",),
        "Bring a letter your service sends. Leave with a better one.",
        "We rewrite real letters in pairs, then read them aloud to somebody who has received one.",
        capacity=12,
        wanted=12,
    ),
    DemoSession(
        "When a colleague cries",
        Format.WORKSHOP,
        *AFTERNOON_1,
        TEAMS,
        ("Jo Bassett",),
        "What helps, what does not, and what to do on Monday.",
        capacity=12,
        wanted=8,
        content_note="Talks about grief and burnout.",
        support_after=QUIET,
        ground_rules=RULES,
    ),
    DemoSession(
        "Counting who is not there",
        Format.WORKSHOP,
        *MORNING_2,
        EQUITY,
        ("Amina Yusuf", "Hana Okafor"),
        "Run charts by postcode, language and disability, without a data team.",
        capacity=15,
        wanted=10,
    ),
    DemoSession(
        "Theatre starts on time: a comedy in three acts",
        Format.WORKSHOP,
        *MORNING_2,
        FLOW,
        ("Callum Reid",),
        "We play your morning list as theatre, and rewrite the second act.",
        capacity=9,
        wanted=13,
    ),
    DemoSession(
        "Patients in the interview room",
        Format.WORKSHOP,
        *MORNING_2,
        PEOPLE,
        ("Rhys Llewellyn",),
        "Choosing new staff together with people who use the service.",
        capacity=12,
        wanted=5,
    ),
    DemoSession(
        "Rota as kindness",
        Format.WORKSHOP,
        *MORNING_2,
        TEAMS,
        ("Priya Raman", "Jo Bassett"),
        "Fair shifts, drawn up in the open, with a spreadsheet you can keep.",
        capacity=18,
        wanted=12,
    ),
    DemoSession(
        "Rural roads, distant clinics",
        Format.WORKSHOP,
        *AFTERNOON_2,
        EQUITY,
        ("Eilidh MacLeod",),
        "What island and valley teams have learned about care far from the centre.",
        capacity=12,
        wanted=7,
        is_camera_optional=True,
    ),
    DemoSession(
        "One phone number that works",
        Format.WORKSHOP,
        *AFTERNOON_2,
        FLOW,
        ("Tomasz Wieczorek",),
        "From eleven extensions to one, and what broke on the way.",
        capacity=10,
        wanted=10,
    ),
    DemoSession(
        "Prototype it in cardboard",
        Format.WORKSHOP,
        *AFTERNOON_2,
        PEOPLE,
        ("Siobhán Kelly", "Wendy Achterberg"),
        "Build a service out of boxes, then let a stranger walk through it.",
        "Have some cardboard, tape and a pen ready. Those who join by telephone describe, others build.",
        capacity=6,
        wanted=11,
        is_camera_optional=False,
    ),
    DemoSession(
        "Learning from what went right",
        Format.WORKSHOP,
        *AFTERNOON_2,
        TEAMS,
        ("Dai Prosser",),
        "Reporting excellence without turning it into a league table.",
        capacity=25,
        wanted=9,
        is_recorded=True,
    ),
)

TALKS = (
    DemoSession(
        "Lightning stories: five failures in thirty minutes",
        Format.TALK,
        2,
        "14:30",
        "15:15",
        TEAMS,
        ("Eilidh MacLeod", "Callum Reid"),
        "Five people, five things that did not work, and what they would do now.",
        wanted=14,
        is_recorded=True,
    ),
)

ON_DEMAND = (
    DemoSession(
        "Measuring without tears",
        Format.ON_DEMAND,
        0,
        "",
        "",
        FLOW,
        ("Callum Reid",),
        "Twelve minutes on run charts, drawn with a pencil.",
        is_recorded=True,
    ),
    DemoSession(
        "How to run a conversation that includes everyone",
        Format.ON_DEMAND,
        0,
        "",
        "",
        EQUITY,
        ("Amina Yusuf",),
        "Turn-taking, silence, chat and telephone: a short guide for hosts.",
        has_sign_language=True,
        is_recorded=True,
    ),
    DemoSession(
        "A patient leader's first year",
        Format.ON_DEMAND,
        0,
        "",
        "",
        PEOPLE,
        ("Wendy Achterberg",),
        "What helped, what hurt, and what the biscuits have to do with it.",
        is_recorded=True,
    ),
)

SESSIONS = (*PLENARIES, *WORKSHOPS, *TALKS, *ON_DEMAND)
