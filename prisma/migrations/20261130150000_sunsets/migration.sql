-- A question that gives nothing back is proposed for retirement to its owner, and retired when he does not answer.
CREATE TABLE "field_sunset" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "proposed_on" DATE NOT NULL,
    "warned_on" DATE,
    "ended_on" DATE,
    "ending" TEXT,
    "ended_by" UUID,

    CONSTRAINT "field_sunset_pkey" PRIMARY KEY ("org_id","field_id","proposed_on"),
    CONSTRAINT "field_sunset_ending_check" CHECK ((ended_on IS NULL) = (ending IS NULL) AND ending IN ('kept', 'used', 'retired')),
    CONSTRAINT "field_sunset_org_id_field_id_fkey" FOREIGN KEY ("org_id", "field_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "field_sunset_standing_key" ON "field_sunset"("org_id", "field_id") WHERE (ended_on IS NULL);

ALTER TABLE "field_sunset" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "field_sunset" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "field_sunset" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

-- For the worker, which looks into each of them in turn. As for waiting_folds: the function answers ids.
CREATE FUNCTION every_organisation() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT id FROM organisation
$$;
REVOKE ALL ON FUNCTION every_organisation() FROM PUBLIC;
