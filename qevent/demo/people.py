"""The demo's people: accounts to log in with, hosts, and those who fill the workshops."""

from dataclasses import dataclass

from members.models import Member

#: Works on loopback only: the demo is never loaded elsewhere.
PASSWORD = "community-demo"  # noqa: S105  # printed for everyone who runs the demo
#: What an app that shows codes knows of each account of the team.
SECRET = "QEVENTDEMOQEVENTDEMOQEVENTDEMOQE"  # noqa: S105  # printed as well
Membership = Member.Membership
Region = Member.Region


@dataclass(frozen=True)
class DemoAccount:
    """An account one can log in with, and what it is for."""

    name: str
    email: str
    purpose: str
    membership: Membership = Membership.ACTIVE
    organisation: str = ""
    role: str = ""
    region: str = ""
    groups: tuple[str, ...] = ()
    is_registered: bool = False
    is_superuser: bool = False

    @property
    def is_of_the_team(self) -> bool:
        """Whether the account is asked for a second step."""
        return self.is_superuser or bool(self.groups)


ACCOUNTS = (
    DemoAccount(
        "Ada Mensah",
        "ada@example.org",
        "a member, registered, with places and a waiting position",
        organisation="Riverside Hospital",
        role="Ward sister",
        region=Region.MIDLANDS,
        is_registered=True,
    ),
    DemoAccount(
        "Bo Lindqvist",
        "bo@example.org",
        "a member who has not registered yet",
        organisation="Hillside Health Centre",
        role="General practitioner",
        region=Region.SCOTLAND,
    ),
    DemoAccount(
        "Winnie Zhao",
        "winnie@example.org",
        "waiting for approval",
        membership=Membership.WAITING,
        role="Patient, carer or volunteer",
    ),
    DemoAccount(
        "Edith Sommer",
        "edith@example.org",
        "membership ended",
        membership=Membership.ENDED,
    ),
    DemoAccount(
        "Hana Okafor",
        "hana@example.org",
        "a session host",
        organisation="Harbour Community Trust",
        role="Improvement lead",
        region=Region.NORTH_EAST,
        is_registered=True,
    ),
    DemoAccount(
        "Tess Morgan",
        "tess@example.org",
        "the Q team: event admin",
        groups=("Event admin",),
    ),
    DemoAccount(
        "Sam Adeyemi",
        "sam@example.org",
        "the Q team: support",
        groups=("Support",),
    ),
    DemoAccount(
        "Priya Raman",
        "priya@example.org",
        "the Q team: blog editor",
        groups=("Blog editor",),
    ),
    DemoAccount(
        "Mal Quinn",
        "mal@example.org",
        "the Q team: moderator of comments",
        groups=("Moderator",),
    ),
    DemoAccount(
        "Dot Achebe",
        "dot@example.org",
        "the Q team: the other moderator",
        groups=("Moderator",),
    ),
    DemoAccount(
        "Alex Admin",
        "admin@example.org",
        "may do everything in the admin",
        is_superuser=True,
    ),
)

#: Those who fill the workshops: (name, organisation). They cannot log in.
CROWD = (
    ("Zoë Hartley", "Moorland Ambulance Service"),
    ("Seán Ó Briain", "Liffey Care"),
    ("Ngozi Eze", "Riverside Hospital"),
    ("Łukasz Nowak", "Castle Street Surgery"),
    ("Fatima al-Sayed", "Harbour Community Trust"),
    ("Gwenllian Hughes", "Dyffryn Health Board"),
    ("李娜", "Riverside Hospital"),
    ("Olu Bankole", "Northgate Mental Health"),
    ("Niamh Doyle", "Liffey Care"),
    ("Ravi Shankaran", "Castle Street Surgery"),
    ("Ingrid Sørensen", "Moorland Ambulance Service"),
    ("Мария Петрова", "Northgate Mental Health"),
    ("Huw Bevan", "Dyffryn Health Board"),
    ("Chidi Obi", "Harbour Community Trust"),
    ("Kirsty MacInnes", "Isles Primary Care"),
    ("Yusuf Demir", "Riverside Hospital"),
    ("Beatriz Carvalho", "Castle Street Surgery"),
    ("Tadhg Brennan", "Liffey Care"),
    ("Ruth Osei-Bonsu", "Northgate Mental Health"),
    ("نور حداد", "Harbour Community Trust"),
    ("Megan Price", "Dyffryn Health Board"),
    ("Anil Kapoor", "Isles Primary Care"),
    ("Saoirse Flynn", "Liffey Care"),
    ("Patience Moyo", "Riverside Hospital"),
    ("Elin Vaughan", "Dyffryn Health Board"),
    ("Marek Dvořák", "Castle Street Surgery"),
    ("Ọlá Adébáyọ̀", "Northgate Mental Health"),
    ("Grace Whitcombe", "Moorland Ambulance Service"),
    ("Iain Galbraith", "Isles Primary Care"),
    ("Thandiwe Nkosi", "Harbour Community Trust"),
    ("Caoimhe Walsh", "Liffey Care"),
    ("Deepa Menon", "Riverside Hospital"),
    ("佐藤 健", "Northgate Mental Health"),
    ("Bronwen Ellis", "Dyffryn Health Board"),
    ("Farid Rahimi", "Castle Street Surgery"),
    ("Hester Quayle", "Isles Primary Care"),
    ("Joaquín Ibáñez", "Riverside Hospital"),
    ("Orla Keane", "Liffey Care"),
    ("Temi Falade", "Harbour Community Trust"),
    ("Agnieszka Zielińska", "Moorland Ambulance Service"),
    ("Rob Tattersall", "Castle Street Surgery"),
    ("Ximena Rojas", "Northgate Mental Health"),
    ("Dónal Mac Aoidh", "Liffey Care"),
    ("Sunita Thapa", "Riverside Hospital"),
    ("Γιώργος Νικολάου", "Isles Primary Care"),
    ("Mary-Anne Thistlewood", "Dyffryn Health Board"),
    ("Kwame Asante", "Harbour Community Trust"),
    ("Vikki Barlow", "Northgate Mental Health"),
    # Another account of somebody above: the team brings the two together.
    ("Ada Mensah", "Riverside Hospital"),
)

HOST_ADDRESSES = {"Hana Okafor": "hana@example.org"}


SECOND_STEP = f"""\
The team’s pages ask for a code besides. In another terminal, this prints the one of now: make code
(Or let an app make them from this key: {SECRET})"""


def accounts_text() -> str:
    """Return the accounts to log in with, a line each."""
    width = max(len(account.email) for account in ACCOUNTS)
    lines = [f"  {account.email:<{width}}  {account.purpose}" for account in ACCOUNTS]
    return "\n".join([f"Demo accounts (password: {PASSWORD})", *lines, "", SECOND_STEP])
