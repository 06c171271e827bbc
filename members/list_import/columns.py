"""The columns of a list of people, by the headings that other systems give them.

Mailchimp, Eventbrite, Microsoft Forms, Google Contacts and Forms, Outlook, Teams, and people themselves.
"""

import re
from typing import Final

#: No heading must be there: what nobody knows can be chosen.
COLUMNS: Final = dict.fromkeys(
    [
        "email",
        "other_email",
        "name",
        "other_name",
        "first_name",
        "last_name",
        "organisation",
        "role",
        "region",
        "status",
    ],
    False,
)
#: What is asked for in the preview where no heading is known for it.
ASKED: Final = {
    "email": "email address",
    "name": "name",
    "organisation": "organisation",
    "role": "role",
    "region": "nation or region",
    "status": "status (who is still a member)",
}
_HEADINGS: Final = {
    "email": (
        "email_address e_mail e_mail_address mail emailaddress your_email your_email_address e_mail_1_value "
        "attendee_email contact_email primary_email member_email email_1"
    ),
    "other_email": (
        "work_email work_email_address email_work nhs_email business_email user_principal_name upn username "
        "buyer_email"
    ),
    "name": "full_name fullname display_name member_name attendee_name contact_name",
    "other_name": "your_name your_full_name preferred_name",
    "first_name": (
        "firstname forename given_name givenname first fname christian_name attendee_first_name first_names"
    ),
    "last_name": "lastname surname family_name familyname last lname second_name attendee_last_name",
    "organisation": (
        "organization company company_name employer workplace place_of_work trust organisation_name "
        "organization_name organization_1_name your_organisation your_organization institution affiliation"
    ),
    "role": (
        "job_title jobtitle position job your_role your_job_title organization_title organization_1_title "
        "profession job_role"
    ),
    "region": "nation nation_or_region country_or_region your_region",
    "status": (
        "membership_status member_status attendee_status membership subscription_status "
        "email_marketing_status status_of_membership"
    ),
}
ALIASES: Final = {heading: column for column, words in _HEADINGS.items() for heading in words.split()}
#: Columns of Mailchimp's beside a REGION that it guesses from an internet address.
MAILCHIMP: Final = frozenset({"leid", "euid", "member_rating", "optin_ip", "gmtoff"})

#: What a status means: is on the list, or is not (any more).
_IN: Final = (
    "active current member approved subscribed attending registered confirmed valid yes paid full live "
    "checked_in checkedin accepted in"
)
_OUT: Final = (
    "lapsed expired cancelled canceled inactive ended resigned left former deceased unsubscribed cleaned "
    "bounced not_attending declined refunded deleted suspended no non_member not_a_member rejected removed "
    "withdrawn archived past ex_member not_active out"
)
IN, OUT = frozenset(_IN.split()), frozenset(_OUT.split())

#: Headings below which may stand who is no member (any more): that is asked before anybody goes in.
LIKE_A_STATUS: Final = re.compile(
    r"status|unsubscri|lapsed|left|leaver|leaving|ended|expir|cancel|resign|deceased|banned|approv|declin"
    r"|denied|consent|agree|opt(?:ed)?.?(?:in|out)|active|bounced|removed|deleted|archived|do.not",
    re.IGNORECASE,
)
#: Below these a yes is a no: "Unsubscribed: TRUE" is somebody who is not on the list.
TURNED: Final = re.compile(
    r"unsubscri|lapsed|\bleft\b|leaver|leaving|ended|expired|cancel|resign|deceased|banned|declin|denied"
    r"|opt(?:ed)?.?out|inactive|bounced|removed|deleted|archived|do.not",
    re.IGNORECASE,
)
YES, NO = frozenset({"yes", "y", "true", "1", "x"}), frozenset({"no", "n", "false", "0"})
