"""What waits for the team: each sees the jobs that they have a part in.

A job costs a fixed number of queries however much there is, and who is on what is one query for all.
"""

from datetime import datetime

from members.capabilities import CHANGE_MEMBERS, CHANGE_PROGRAMME, EDIT_POSTS, SEE_EVENTS
from members.models import Member
from team import taking
from team.front import announcements, comments, concerns, emails, needs, people, posts, sessions
from team.front.lines import Section
from team.guards import may_announce, may_moderate, may_see_needs


def sections(member: Member, *, at: datetime) -> list[Section]:
    """Return the jobs that they have a part in, and what waits in each."""
    may = member.has_perm
    found = []
    if may(CHANGE_MEMBERS):
        found.append(people.section(at=at))
    if may(emails.SEE):
        found.append(emails.section(member, at=at))
    if may(SEE_EVENTS) or may(CHANGE_PROGRAMME):
        found.append(sessions.section(member, at=at))
    if may_announce(member):
        found.append(announcements.section(at=at))
    if may_see_needs(member):
        found.append(needs.section(at=at))
    if (told := concerns.section(member, at=at)) is not None:
        found.append(told)
    if may_moderate(member):
        found.append(comments.section(member, at=at))
    if may(EDIT_POSTS):
        found.append(posts.section(at=at))
    if any(one.things for one in found):
        taken = taking.current(at=at)
        found = [one.with_who(taken, member) for one in found]
    return found
