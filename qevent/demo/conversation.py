"""The demo's conversation: what people say below its posts, and what became of some of it."""

from dataclasses import dataclass
from enum import Enum

from comments.models import Decision, Report

Reason = Decision.Reason


class Fate(Enum):
    """What becomes of a comment after it was left, beside a moderator's publishing it."""

    HELD = "waits for a moderator"
    SPAM = "is spam"
    REPORTED = "is reported, and waits to be looked at"
    REMOVED = "is removed"
    WITHDRAWN = "is withdrawn by its author"
    LOOK_AGAIN = "is not published, and its author asks to look again"
    REDACTED = "is published without what is personal"
    FOLLOWED = "is followed by its author"


@dataclass(frozen=True)
class DemoComment:
    """A comment. ``who`` is an account's address, a name of the crowd, or a guest's name in brackets."""

    key: str
    who: str
    days: float
    body: str
    reply_to: str = ""
    post: str = "rota"
    fate: Fate | None = None


REMOVAL_REASON = Reason.UNKIND
REMOVAL_WORDS = (
    "It calls colleagues names. What you say about nights deserves an answer: please say it again without."
)
REJECTION_REASON = Reason.OFF_TOPIC
REJECTION_WORDS = "It is about the canteen’s prices, and the post is about rotas. The team passes it on."
LOOK_AGAIN_WORDS = "The canteen closes at seven. That is why nobody wants late shifts. It is about the rota."
REPORT_REASON = Report.Reason.WRONG
REPORT_WORDS = "Somebody on a short contract who reads this could lose her job."
REDACTED = (
    "We had a patient on our ward who wrote on the staff wall too. She wished for a nurse who sings. We "
    "have one now, on Tuesdays."
)

COMMENTS = (
    DemoComment(
        "margaret", "(Margaret)", 15.8,
        "Thirty-one years on wards, and I was asked what I wanted exactly once: on the day I left. I "
        "read this to my daughter, who is a nurse now. She went quiet and then asked where one buys "
        "paper two metres long.",
        fate=Fate.FOLLOWED,
    ),
    DemoComment(
        "margaret-ada", "ada@example.org", 15.5,
        "Thank you, Margaret. The paper is from a print shop: ask for the end of a roll, they give it "
        "away. And please tell her to start with three people, not with the whole ward. We did not, and "
        "the first fortnight was loud.",
        reply_to="margaret",
    ),
    DemoComment(
        "margaret-again", "(Margaret)", 15.1,
        "Three people. I have told her. She says she has two, and one of them is her.",
        reply_to="margaret-ada",
    ),
    DemoComment(
        "margaret-sam", "Saoirse Flynn", 14.9,
        "Then she has started. Tell her there are more of us.",
        reply_to="margaret-again",
    ),
    DemoComment(
        "ngozi", "Ngozi Eze", 15.4,
        "Same hospital, two floors up. Three questions, because I want to try this and my manager will "
        "ask:\n\n"
        "1. What if two people want the same Saturday, and both always do?\n"
        "2. Who pays for the ninety minutes?\n"
        "3. Did anyone feel watched?",
    ),
    DemoComment(
        "ngozi-ada", "ada@example.org", 15.2,
        "1. It happened twice. They talked, with a third person there, and took turns. I had expected "
        "war.\n"
        "2. I used to do it at home, unpaid. Now it is in the rota itself, as a shift. That was the "
        "hardest fight.\n"
        "3. Yes, two. Hence the envelope.",
        reply_to="ngozi",
    ),
    DemoComment(
        "ngozi-again", "Ngozi Eze", 15.0,
        "“In the rota itself, as a shift.” That is going on our wall before any wishes do.",
        reply_to="ngozi-ada",
    ),
    DemoComment(
        "huw", "Huw Bevan", 14.2,
        "I will be the one who disagrees. We are six physiotherapists. With six, one person’s wish is "
        "another person’s bank holiday, every time. A rule that is the same for all hurts nobody’s "
        "feelings. Kindness needs slack, and we have none.",
    ),
    DemoComment(
        "huw-ada", "ada@example.org", 14.0,
        "That is fair. We are twenty-six, and I do not know where it stops working. What would you try "
        "with six?",
        reply_to="huw",
    ),
    DemoComment(
        "huw-kirsty", "Kirsty MacInnes", 13.6,
        "We are four, on an island. We keep the rule for holidays and the pencil for everything else. It "
        "turned out that nobody had minded the holidays. It was Tuesdays.",
        reply_to="huw-ada",
    ),
    DemoComment(
        "huw-again", "Huw Bevan", 13.4,
        "Tuesdays. All right, Kirsty. I will ask about Tuesdays, and I will come back and say what "
        "happened.",
        reply_to="huw-kirsty",
    ),
    DemoComment(
        "night", "(A night porter)", 12.9,
        "Nobody asked the porters, as usual. Ward managers are a bunch of clowns who could not organise "
        "a cup of tea.",
        fate=Fate.REMOVED,
    ),
    DemoComment(
        "night-rob", "Rob Tattersall", 12.6,
        "Leaving the names aside: it is true about the porters. Our wall has no shift of theirs on it, "
        "and every one of our moves at night depends on them.",
        reply_to="night",
    ),
    DemoComment(
        "night-ada", "ada@example.org", 12.3,
        "It is true, and I had not seen it. I have asked the head porter whether I may bring a pencil.",
        reply_to="night-rob",
    ),
    DemoComment(
        "caoimhe", "Caoimhe Walsh", 11.5,
        "How do you take the wall from paper into the system that pays people? Ours only takes shifts by "
        "Wednesday noon.",
    ),
    DemoComment(
        "caoimhe-ada", "ada@example.org", 11.2,
        "By hand, on Tuesday, and it is dull. The wall closes on Monday evening. If anybody has a better "
        "way, I would love to see it at the event.",
        reply_to="caoimhe",
    ),
    DemoComment(
        "liz", "(Liz, a carer)", 10.3,
        "My mother has four carers a day, and I keep their rota on the fridge, because the agency’s "
        "changes without telling her. After reading this I asked the four what they would want. One of "
        "them cried. Then she said: to come at the same time two days in a row.",
    ),
    DemoComment(
        "liz-temi", "Temi Falade", 10.0,
        "This is the best sentence about continuity of care that I have read in years, Liz. May I quote "
        "it, without your name?",
        reply_to="liz",
    ),
    DemoComment(
        "liz-again", "(Liz, a carer)", 9.8,
        "You may. Say it was a carer on minimum wage who said it.",
        reply_to="liz-temi",
    ),
    DemoComment(
        "marek", "Marek Dvořák", 9.1,
        "I am not that Marek, but I like early Sundays as well. My colleagues have now all sent me this "
        "post.",
        fate=Fate.WITHDRAWN,
    ),
    DemoComment(
        "marek-sunita", "Sunita Thapa", 8.9,
        "Guilty. You are down for the next three, you are welcome.",
        reply_to="marek",
    ),
    DemoComment(
        "spam", "(Shift planner)", 8.2,
        "Great article!! Plan every rota in seconds: https://rota.example.com https://rota.example.net "
        "https://rota.example.org/free",
        fate=Fate.SPAM,
    ),
    DemoComment(
        "li-na", "李娜", 7.7,
        "写得真好。我把它翻译给了我们夜班的同事。\n\n"
        "It is well written. I translated it for the colleagues on our night shift, and three of them "
        "wrote their first wish in Chinese. Ada’s deputy asked me to read it out. So she is learning "
        "some.",
    ),
    DemoComment(
        "tom", "(Tom)", 6.4,
        "We had a patient on our ward who wrote on the staff wall too, Mrs Ellen Marsh from bay 4, with "
        "the broken hip. She wished for a nurse who sings. We have one now, on Tuesdays.",
        fate=Fate.REDACTED,
    ),
    DemoComment(
        "anil", "Anil Kapoor", 4.6,
        "You are all too nice. Just do not turn up for a shift that you did not agree to. What can they "
        "do?",
        fate=Fate.REPORTED,
    ),
    DemoComment(
        "jo", "(Jo)", 3.2,
        "Can somebody finally do something about the prices in the canteen? Four pounds for soup.",
        fate=Fate.LOOK_AGAIN,
    ),
    DemoComment(
        "frances", "(Frances)", 0.8,
        "I am a medical secretary, so no shifts, but we have leave, and leave is our waterfall. Has "
        "anybody tried a wall for that?",
        fate=Fate.HELD,
    ),
    DemoComment(
        "yusuf", "Yusuf Demir", 0.1,
        "I am at the workshop this year. I will bring our rota. It is worse than yours, Ada, I promise.",
        fate=Fate.HELD,
    ),
    DemoComment(
        "come", "(Dilys)", 28.6,
        "I am a volunteer in a hospice shop. Is it for me?",
        post="announcement",
    ),
    DemoComment(
        "come-tess", "tess@example.org", 28.2,
        "It is, Dilys. Create an account and say that you volunteer. Last year’s best question came from "
        "a shop.",
        reply_to="come", post="announcement",
    ),
    DemoComment(
        "captions", "Hester Quayle", 27.0,
        "Are the captions typed by a person or by a machine? For me that decides whether I come.",
        post="announcement",
    ),
    DemoComment(
        "captions-tess", "tess@example.org", 26.5,
        "By a person in the plenaries and in every session where somebody tells us that she needs it. So "
        "please tell us when you register.",
        reply_to="captions", post="announcement",
    ),
    DemoComment(
        "bus", "Megan Price", 8.6,
        "“There the trouble is the bus.” I would read a whole post about that.",
        post="letters",
    ),
    DemoComment(
        "bus-hana", "hana@example.org", 8.3,
        "Then I will have to write it. Give me until spring.",
        reply_to="bus", post="letters",
    ),
    DemoComment(
        "bo", "bo@example.org", 6.9,
        "I read our own letter aloud to my wife last night. We have rewritten it. It took twenty "
        "minutes, and I am ashamed of the ten years before.",
        post="letters",
    ),
)  # fmt: skip
