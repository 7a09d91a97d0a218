-- The journal is read from its end, a page at a time: of everybody, of one person, or about one thing. The id makes the
-- order whole when several lines bear one instant.
DROP INDEX "audit_event_org_id_at_idx";
CREATE INDEX "audit_event_org_id_at_id_idx" ON "audit_event" ("org_id", "at", "id");
CREATE INDEX "audit_event_org_id_membership_id_at_id_idx" ON "audit_event" ("org_id", "membership_id", "at", "id");
CREATE INDEX "audit_event_org_id_subject_id_at_id_idx" ON "audit_event" ("org_id", "subject_id", "at", "id");
