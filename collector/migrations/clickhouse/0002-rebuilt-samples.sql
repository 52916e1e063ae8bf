-- Samples that were computed from stored sessions afterwards, not taken at the time.
ALTER TABLE ccu_samples ADD COLUMN IF NOT EXISTS is_rebuilt Bool DEFAULT false;
