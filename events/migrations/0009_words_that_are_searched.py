"""How texts are searched: SQL functions over ``folded``, so that columns hold the words of a text.

As in notifications.0003: what they say of a text never changes, and their bodies are parsed where they are made.
"""

from django.db import migrations

#: What English adds to a word behind an apostrophe (the word is meant): "the nurse's", "we'll".
ADDED = "([[:alpha:]])[''’‘ʼ`´](s|ll|d|re|ve|m)(?![[:alpha:]])"
#: Capital letters that are a word of their own; those that join words in a search are none.
CAPITALS = "(?<![[:alnum:]])(?!(?:AND|NOT|THE|FOR|WITH|OF|OR|TO)(?![[:alnum:]]))([A-Z]{2,6})(?![[:alnum:]])"
#: Signs of ASCII and others that part words; without the hyphen of a compound.
PART = r"[^]\u0001-&(-/:-@\[\\^_{|}~\u00A1\u00A6\u00A7\u00AB\u00B6\u00B7\u00BB\u00BF\u2010-\u2027\u2030-\u205E]"
COMPOUND = f"({PART}+(?:-{PART}+)+)"

#: Signs that are no letters, outside of ASCII: where a database's LC_CTYPE is C (as with Postgres' own C.UTF-8), its
#: parser takes them for letters, and “rota” is not found by rota.
SIGNS = (
    r"[\u00A1-\u00A9\u00AB\u00AC\u00AE-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF\u00D7\u00F7\u060C\u061B\u061F\u0964\u0965"
    r"\u2010-\u2027\u2030-\u205E\u20A0-\u20CF\u2190-\u2BFF\u2E00-\u2E7F\u3001-\u3003\u3008-\u301F\uE000\uE001"
    r"\U0001F000-\U0001FAFF]"
)

TEXT = f"""
CREATE FUNCTION search_text(said text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(folded(regexp_replace(said, '{ADDED}', '\\1', 'gi')), '{SIGNS}', ',', 'g')
"""
#: "acronymit" for IT: capitals that English would drop as a word that every text has.
ACRONYMS = f"""
CREATE FUNCTION search_acronyms(said text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN coalesce((
        SELECT string_agg(DISTINCT 'acronym' || lower(found[1]), ' ')
        FROM regexp_matches(said, '{CAPITALS}', 'g') AS found
        WHERE to_tsvector('pg_catalog.english', lower(found[1])) = ''
    ), '')
"""
#: A text's words with their weight. Compounds are there parted and joined; for phrases with one joined, the text is
#: there once more with weight D, which ranks as nothing.
WORDS = f"""
CREATE FUNCTION search_words(said text, weight "char") RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
    RETURN (
        SELECT setweight(
                to_tsvector('pg_catalog.english', translate(plain, '-/_', '   ') || joined)
                || to_tsvector('pg_catalog.simple', search_acronyms(said)),
                weight)
            || CASE WHEN joined = '' THEN ''::tsvector ELSE setweight(
                to_tsvector('pg_catalog.english', translate(plain, '/_-', '  ')), 'D') END
        FROM (
            SELECT plain, CASE WHEN plain LIKE '%-%' THEN coalesce((
                SELECT string_agg(' ' || replace(parts[1], '-', ''), '')
                FROM regexp_matches(plain, '{COMPOUND}', 'g') AS parts
            ), '') ELSE '' END AS joined
            FROM (SELECT search_text(said) AS plain OFFSET 0) AS once OFFSET 0
        ) AS texts
    )
"""
#: A word or phrase of a search: as it stands, its compounds parted or joined.
TERM = """
CREATE FUNCTION search_term(said text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT (
                phraseto_tsquery('pg_catalog.english', translate(plain, '-/_', '   '))
                || CASE WHEN plain LIKE '%-%'
                    THEN phraseto_tsquery('pg_catalog.english', translate(plain, '/_-', '  ')) ELSE ''::tsquery END
            ) && plainto_tsquery('pg_catalog.simple', search_acronyms(said))
        FROM (SELECT search_text(said) AS plain OFFSET 0) AS once
    )
"""
#: What a search means that is nothing but words that every text has: "it", for IT.
OTHERWISE = """
CREATE FUNCTION search_otherwise(query tsquery, said text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN numnode(query) > 0 THEN query ELSE plainto_tsquery('pg_catalog.simple', coalesce((
        SELECT string_agg('acronym' || found[1], ' ') FROM regexp_matches(folded(said), '[a-z]{2,6}', 'g') AS found
    ), '')) END
"""
#: A text whose words stand where they stood, each also in the forms in which it is searched: for marking them (what Postgres
#: would take for a tag, and leave out, is none).
MARKS = f"""
CREATE FUNCTION search_marks(said text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT coalesce(string_agg(
            CASE WHEN word LIKE '%-%' THEN translate(word, '-', '') || ',' || replace(word, '-', ',') ELSE word END,
            ' ' ORDER BY place), '')
        FROM string_to_table(
            translate(search_text(regexp_replace(said, '{CAPITALS}', '\\1,acronym\\1', 'g')), '/_<>&', ',,,,,'), ' '
        ) WITH ORDINALITY AS words (word, place)
    )
"""


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0008_events_are_in_zones_that_are_places"),
        ("notifications", "0003_texts_as_people_type_them"),
    ]

    operations = [
        migrations.RunSQL(TEXT, "DROP FUNCTION search_text(text)"),
        migrations.RunSQL(ACRONYMS, "DROP FUNCTION search_acronyms(text)"),
        migrations.RunSQL(WORDS, 'DROP FUNCTION search_words(text, "char")'),
        migrations.RunSQL(TERM, "DROP FUNCTION search_term(text)"),
        migrations.RunSQL(OTHERWISE, "DROP FUNCTION search_otherwise(tsquery, text)"),
        migrations.RunSQL(MARKS, "DROP FUNCTION search_marks(text)"),
    ]
