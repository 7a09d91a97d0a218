-- What a question replaces is part of what it is: see fields_stamp.
CREATE TRIGGER fields_stamp_insert AFTER INSERT ON field_promotion
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
CREATE TRIGGER fields_stamp_update AFTER UPDATE ON field_promotion
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
CREATE TRIGGER fields_stamp_insert AFTER INSERT ON field_promotion_source
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
