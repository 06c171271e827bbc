"""How texts are compared as people type them: SQL functions, because generated columns and indexes hold what they say.

What they say of a text never changes: a column keeps it. A better folding is a new function under a new name, and
columns made anew from it. Their bodies are parsed where they are made (SQL standard, Postgres 14 and later), so that
a dump is restored whatever the search path. ``unaccent`` is only stable, and its rules change between releases.
"""

from django.db import migrations

#: Signs that stand alone (´ ¨ ¯ …), which NFKD would turn into a space and a mark: no text has more spaces folded.
ALONE = (
    r"["
    r"\u00A8\u00AF\u00B4\u00B8\u02D8-\u02DD\u037A\u0384\u0385\u1FBD\u1FBF-\u1FC1\u1FCD-\u1FCF\u1FDD-\u1FDF"
    r"\u1FED\u1FEE\u1FFD\u1FFE\u2017\u203E\u309B\u309C\uFC5E-\uFC63\uFDFA\uFDFB\uFE49-\uFE4C\uFE70\uFE72\uFE74"
    r"\uFE76\uFE78\uFE7A\uFE7C\uFE7E\uFFE3"
    r"]"
)
#: ' ’ ‘ ‛ ʼ ʻ ʽ ʹ ʾ ʿ ` ′ ‵ ՚ ꞌ ׳. Marks above and below letters of Latin, Greek, Cyrillic, Hebrew and Arabic (those of Indic scripts are vowels, and
#: stay), and what is not seen: soft hyphen, joiners, marks of direction, variation selectors, fillers, tags.
GONE = (
    r"[''`\u2018\u2019\u201B\u02B9\u02BB-\u02BF\u2032\u2035\u055A\uA78B\uA78C\u05F3"
    r"\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u065F"
    r"\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F"
    r"\u00AD\u061C\u115F\u1160\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF"
    r"\uFFF9-\uFFFB\U000E0000-\U000E01EF]"
)
DASHES = r"[\u058A\u05BE\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2E17\u2E1A\u2E3A\u2E3B\u2E40\u2E5D\u301C\u3030\u30A0\uFE31\uFE32]"
SPACES = r"[\t\n\v\f\r\u001C-\u001F\u0085\u1680\u2028\u2029]"
#: Letters of Latin that do not decompose, and the last sigma.
LETTERS = "øłđðħıŧŋɓɗƙɛɔəǝƴƒɖɨɵʉƀǥȼɇɉɍɏς"
PLAIN = "olddhitnbdkeoeeyfdioubgcejryσ"
#: What stands between words: all of ASCII that is no letter, figure, apostrophe or @ (who types an address
#: means no name), and signs of other scripts.
BETWEEN = (
    r"[]\u0001-&(-/:-?\[\\^_{|}~\u00A1\u00A6\u00A7\u00AB\u00B6\u00B7\u00BB\u00BF\u2010-\u2027\u2030-\u205E\u2800"
    r"\u3001-\u3003\u3008-\u3011\u30FB]"
)
#: One part of a compound, "co-production".
PART = BETWEEN.replace("[", "[^", 1)
COMPOUND = f"{PART}+(?:-{PART}+)+"
#: Letters of other scripts, and rare ones of Latin, that look like one of ASCII (Unicode, UTS #39, confusables.txt).
ALIKE = {
    "a": "аαɑᎪΑАꓮⲀᗅ",
    "b": "ЬƄᏏᏴΒВꓐᗷʙвꞴ",
    "c": "сᴄꮯᏟСⲤⲥꓚϲ",
    "d": "ԁᏧᎠꓒꓓᗞᗪᑯꭰԀ",
    "e": "еҽꬲᎬЕΕꓰεⲈ℮ⴹ",
    "f": "ꬵꞙẝքϜꓝᖴꞘ",
    "g": "ɡᶃƍցᏀᏳԌꓖɢ",
    "h": "һհᏂᎻНΗꓧᕼⲎʜ",
    "i": "іꙇɪɩιᎥꭵΙІӀӏⲒꓲ",
    "j": "јϳᎫЈͿꓙᒍ",
    "k": "кκКΚᏦꓗⲔᴋ",
    "l": "ƖǀᏞꓡᒪⳐʟ",
    "m": "мМΜϺᎷꓟⲘᗰᴍ",
    "n": "ոռΝꓠⲚɴηп",
    "o": "оοᴏᴑꬽօОΟՕꓳⲞⲟⵔჿ",
    "p": "рρРΡᏢꓑⲢⲣᑭᴘ",
    "q": "ԛգզԚⵕ",
    "r": "гᴦꭇꭈⲅᎡᏒꓣᖇʀꮁ",
    "s": "ѕꜱƽՏЅᏕᏚꓢꮪ",
    "t": "тТΤᎢꓔⲦτᴛ",
    "u": "ꞟᴜꭎꭒʋսυՍꓴᑌ",
    "v": "ѵᴠνᏙѴꓦᐯꮩ",
    "w": "ѡԝɯᴡաԜᎳᏔꓪꮃω",
    "x": "хХΧꓫⲬχ᙭ᕁ",
    "y": "уγɣᶌʏỿყУΥҮүᎩᎽꓬⲨ",
    "z": "ᴢꮓΖᏃꓜʐ",
}
ALIKE_FROM = "".join(ALIKE.values())
ALIKE_TO = "".join(letter * len(others) for letter, others in ALIKE.items())

#: Letters are looked for first: ``translate`` takes long for a long text.
FOLDED = f"""
CREATE FUNCTION folded(said text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT replace(replace(replace(replace(
            CASE WHEN plain ~ '[{LETTERS}]' THEN translate(plain, '{LETTERS}', '{PLAIN}') ELSE plain END,
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
        FROM (
            SELECT regexp_replace(regexp_replace(lower(regexp_replace(
                normalize(regexp_replace(said, '{ALONE}', '', 'g'), NFKD),
                '{GONE}', '', 'g')), '{DASHES}', '-', 'g'), '{SPACES}', ' ', 'g') AS plain OFFSET 0
        ) AS once
    )
"""
NAME_FOLDED = f"""
CREATE FUNCTION name_folded(said text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT trim(regexp_replace(plain, '{BETWEEN}+', ' ', 'g') || coalesce((
            SELECT string_agg(' ' || replace(parts[1], '-', ''), '') FROM regexp_matches(plain, '({COMPOUND})', 'g') AS parts
        ), ''))
        FROM (SELECT folded(said) AS plain OFFSET 0) AS once
    )
"""
NAME_KEYS = f"""
CREATE FUNCTION name_keys(said text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT coalesce(array_agg(DISTINCT key) FILTER (WHERE key <> ''), ARRAY[]::text[])
        FROM (
            SELECT (
                SELECT string_agg(word, ' ' ORDER BY word COLLATE "C")
                FROM regexp_split_to_table(trim(regexp_replace(form, '{BETWEEN}+', ' ', 'g')), ' ') AS word
            ) AS key
            FROM (SELECT folded(said) AS plain OFFSET 0) AS once,
                 LATERAL (VALUES (plain), (replace(plain, '-', ''))) AS forms (form)
        ) AS keys
    )
"""
NAME_LOOKS = f"""
CREATE FUNCTION name_looks(said text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT name_keys(said) || name_keys(seen) || name_keys(replace(seen, ' ', ''))
        FROM (SELECT replace(replace(
            translate(folded(translate(normalize(said, NFKD), '{ALIKE_FROM}', '{ALIKE_TO}')), 'i1|0', 'lllo'),
            'rn', 'm'), 'vv', 'w') AS seen OFFSET 0) AS once
    )
"""


class Migration(migrations.Migration):

    dependencies = [("notifications", "0002_names_in_words")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL(FOLDED, "DROP FUNCTION folded(text)"),
        migrations.RunSQL(NAME_FOLDED, "DROP FUNCTION name_folded(text)"),
        migrations.RunSQL(NAME_KEYS, "DROP FUNCTION name_keys(text)"),
        migrations.RunSQL(NAME_LOOKS, "DROP FUNCTION name_looks(text)"),
    ]
