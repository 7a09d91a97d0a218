-- A visit is told to phones by its report, which brings its account along: an account of which the last visit alone moved
-- is not stamped, so that the most frequent of all changes touches none of its indexes.

-- A generated column is computed with every change, whatever it is.
ALTER TABLE "account" ALTER COLUMN "name_sketch" DROP EXPRESSION;

CREATE FUNCTION sketch_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.name_sketch := name_sketch(NEW.name_key);
  RETURN NEW;
END $$;
CREATE TRIGGER sketch_name BEFORE INSERT OR UPDATE OF "name_key" ON "account"
  FOR EACH ROW EXECUTE FUNCTION sketch_name();

DROP TRIGGER stamp_sync ON "account";
CREATE TRIGGER stamp_sync BEFORE INSERT OR UPDATE OF "org_id", "id", "territory_id", "kind", "ref", "name", "name_key", "name_sketch",
  "activity", "street", "postcode", "city", "latitude", "longitude", "phone", "phone_raw", "email", "email_raw", "visit_every_days",
  "priority", "priority_reason", "values", "version", "created_by", "created_at", "deleted_at",
  "t01", "t02", "t03", "t04", "t05", "t06", "n01", "n02", "n03", "d01", "d02", "d03" ON "account"
  FOR EACH ROW EXECUTE FUNCTION stamp_sync();

-- The report of a day so long ago is not told any more (HISTORY_DAYS), nor may there be one of no day.
CREATE TRIGGER stamp_far_visit BEFORE UPDATE OF "last_visit_day" ON "account"
  FOR EACH ROW WHEN (NEW.last_visit_day IS DISTINCT FROM OLD.last_visit_day
                     AND (NEW.last_visit_day IS NULL OR NEW.last_visit_day < current_date - 390))
  EXECUTE FUNCTION stamp_sync();

-- Room on each page for the next version of a row.
ALTER TABLE "account" SET (fillfactor = 90);
