-- Of an organisation's own, thirty-two bytes that nobody can guess: from them come the credential by which a withdrawn phone
-- hands over its work, and the key to which phones that lock themselves seal theirs (ADR 027). In the database, so that a
-- restored copy on another machine still opens what phones keep.
ALTER TABLE "organisation"
  ADD COLUMN "phone_seed" BYTEA NOT NULL DEFAULT (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
