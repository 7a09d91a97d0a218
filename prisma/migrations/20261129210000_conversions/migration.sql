-- How the answers to a question of another type become a question's own (domain/field/conversion.ts): null where both are of
-- one type. Apart from the links, which everybody reads: what was answered may stand in it by the word.
ALTER TABLE "field_promotion" ADD COLUMN "conversion" JSONB;
