import type { ReportData } from "../data";
import { dayOf } from "../time";

/** The day of a run that stays within one; null = it does not. */
export const oneDay = (data: ReportData): string | null => (dayOf(data.first) === dayOf(data.last) ? dayOf(data.first) : null);
