-- A list is retired and brought back; its items are read a page at a time.
ALTER TABLE "list" ADD COLUMN "retired_at" TIMESTAMPTZ(3);

-- By what words are found, whatever their case and accents: what is typed and what is sought pass through it alike.
CREATE FUNCTION find_key(p_words text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(regexp_replace(normalize(
           replace(replace(replace(lower(p_words COLLATE "und-x-icu"), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), NFKD),
           '[\u0300-\u036f]+', '', 'g'), '[^[:alnum:]]+', ' ', 'g')) COLLATE "C"
$$;
REVOKE ALL ON FUNCTION find_key(text) FROM PUBLIC;

ALTER TABLE "list_item" ADD COLUMN "find_key" TEXT COLLATE "C" GENERATED ALWAYS AS
  (find_key(("label" ->> 'fr') || ' ' || coalesce("label" ->> 'en', '') || ' ' || coalesce("group", ''))) STORED;
CREATE INDEX "list_item_org_id_list_id_find_key_id_idx" ON "list_item"("org_id", "list_id", "find_key", "id");
