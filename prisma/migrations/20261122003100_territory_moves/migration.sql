-- How often a territory's branch gained or lost another by a move: phones whose branch it is then begin their copy again,
-- for no account of the moved branch has itself changed.
ALTER TABLE "territory" ADD COLUMN "moves" INTEGER NOT NULL DEFAULT 0;
