-- Members of the organisation in context among addresses that its administrator names.
CREATE FUNCTION identity_members_by_email(p_emails text[]) RETURNS TABLE (email text, membership_id uuid, revoked boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.email, m.id, m.revoked_at IS NOT NULL
    FROM person p JOIN membership m ON m.person_id = p.id
   WHERE p.email = ANY (p_emails) AND m.org_id = (SELECT app_org())
$$;

REVOKE ALL ON FUNCTION identity_members_by_email(text[]) FROM PUBLIC;
