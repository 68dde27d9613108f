-- Position rows keep what a found one had cost, order rows why an entry is not wanted any more. The tables are the same, but
-- a program that does not know these fields would write rows without them, and find that they differ from the log.
SELECT 1;
