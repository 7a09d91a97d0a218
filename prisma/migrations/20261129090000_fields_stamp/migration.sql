-- Pushes name the same few questions again and again, and reading them takes longer than the rest of what a push reads. The
-- stamp moves in the transaction that changes a question or what a level makes of one: what was read under it still holds.
ALTER TABLE "organisation" ADD COLUMN "fields_stamp" BIGINT NOT NULL DEFAULT 0;

CREATE FUNCTION move_fields_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE organisation SET fields_stamp = fields_stamp + 1
   WHERE id = ANY (ARRAY(SELECT DISTINCT org_id FROM changed));
  RETURN NULL;
END $$;

CREATE TRIGGER fields_stamp_insert AFTER INSERT ON field_definition
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
CREATE TRIGGER fields_stamp_update AFTER UPDATE ON field_definition
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
CREATE TRIGGER fields_stamp_delete AFTER DELETE ON field_definition
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
CREATE TRIGGER fields_stamp_insert AFTER INSERT ON field_version
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
CREATE TRIGGER fields_stamp_insert AFTER INSERT ON field_tightening
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
CREATE TRIGGER fields_stamp_update AFTER UPDATE ON field_tightening
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
CREATE TRIGGER fields_stamp_insert AFTER INSERT ON tightening_version
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
