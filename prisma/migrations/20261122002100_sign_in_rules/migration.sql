-- An organisation says how its people sign in and for how long a browser stays signed in without being used; sessions end
-- without their device being withdrawn.

ALTER TABLE organisation ADD COLUMN sign_in_rules jsonb NOT NULL
  DEFAULT '{"password": true, "link": true, "deskDays": 30, "phoneDays": 30}';

-- Sessions proved before this moment are over: on all of a member's devices, on one.
ALTER TABLE membership ADD COLUMN sessions_ended_at timestamptz(3);
ALTER TABLE device ADD COLUMN signed_out_at timestamptz(3);

-- desk | phone, by what the browser says of itself at sign-in.
ALTER TABLE device ADD COLUMN kind text NOT NULL DEFAULT 'desk';
-- The owner is held by the policy too: it steps aside for the back-fill alone.
ALTER TABLE device NO FORCE ROW LEVEL SECURITY;
UPDATE device SET kind = 'phone' WHERE label ~ '(Android|iPhone|iPad)$';
ALTER TABLE device FORCE ROW LEVEL SECURITY;

-- The application proves who asks before it calls this.
CREATE FUNCTION identity_set_password(p_person uuid, p_password_hash text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE person SET password_hash = p_password_hash WHERE id = p_person
$$;

-- Which of these members of the organisation in context have a password, never what it is.
CREATE FUNCTION identity_with_password(p_memberships uuid[]) RETURNS TABLE (membership_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.id FROM membership m JOIN person p ON p.id = m.person_id
   WHERE m.org_id = (SELECT app_org()) AND m.id = ANY (p_memberships) AND p.password_hash IS NOT NULL
$$;

REVOKE ALL ON FUNCTION identity_set_password(uuid, text), identity_with_password(uuid[]) FROM PUBLIC;
