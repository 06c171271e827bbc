"""The database refuses to publish a recording of a session that says it is not recorded."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION recordings_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND NEW.is_of_session
        AND NOT (SELECT is_recorded FROM public.events_session WHERE id = NEW.session_id)
    THEN
        RAISE EXCEPTION 'The session is not recorded: no recording of it is published.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'none_of_what_is_not_recorded';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER none_of_what_is_not_recorded BEFORE INSERT OR UPDATE ON recordings_recording
    FOR EACH ROW EXECUTE FUNCTION recordings_refuse();
"""
ALLOW = """
DROP TRIGGER none_of_what_is_not_recorded ON recordings_recording;
DROP FUNCTION recordings_refuse();
"""


class Migration(migrations.Migration):

    dependencies = [("recordings", "0001_recordings_of_sessions")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
