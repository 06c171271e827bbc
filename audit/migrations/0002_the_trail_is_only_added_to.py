"""The database refuses to change or delete an entry. (TRUNCATE, with which tests empty tables, is not meant.)"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The trail of acts is only added to.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER the_trail_is_only_added_to BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
ALLOW = """
DROP TRIGGER the_trail_is_only_added_to ON audit_entry;
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_the_trail_of_acts")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
