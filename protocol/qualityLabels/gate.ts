/** Five questions that are answered with yes before an application for a Quality Label is sent. */
import * as z from "zod";
import "../ids.ts";

/**
 * `plan`: common goals and a shared plan; `finished`: it is finished, or nearly; `contributed`: you and your pupils have
 * contributed; `together`: activities in which both sides worked together; `protected`: data protection and copyright were
 * considered.
 */
export const gateQuestions = ["plan", "finished", "contributed", "together", "protected"] as const;
export const GateQuestion = z.enum(gateQuestions);
export type GateQuestion = z.infer<typeof GateQuestion>;

const asked = <T extends z.ZodType>(answer: T) =>
  z.strictObject({ plan: answer, finished: answer, contributed: answer, together: answer, protected: answer });

/** Null: not answered yet. */
export const Gate = asked(z.boolean().nullable());
export type Gate = z.infer<typeof Gate>;
export const noGate: Gate = { plan: null, finished: null, contributed: null, together: null, protected: null };
