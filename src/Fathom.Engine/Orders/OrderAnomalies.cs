namespace Fathom.Engine.Orders;

/// <summary>How often a venue's reports disagreed with what we believed. All of it is expected in live trading; none of it is thrown.</summary>
/// <param name="RepeatedExecution">An execution id came again: nothing changed.</param>
/// <param name="FilledAfterClose">An execution of an order of ours that was already terminal. The position moved.</param>
/// <param name="Overfilled">An execution beyond the order's quantity. The position moved.</param>
/// <param name="UnknownOrder">A report of an order that we never sent. An execution moved the external position.</param>
/// <param name="Mismatched">An execution whose side or instrument is not its order's. The position moved as the venue said.</param>
/// <param name="Late">An answer for an order that was already terminal, other than an execution or the rejection of a cancel that came too late: nothing changed.</param>
/// <param name="Malformed">A report that says nothing usable (unknown kind or instrument, an execution without side, price or quantity): nothing changed.</param>
public readonly record struct OrderAnomalies(
    long RepeatedExecution, long FilledAfterClose, long Overfilled, long UnknownOrder, long Mismatched, long Late, long Malformed)
{
    public long Total => RepeatedExecution + FilledAfterClose + Overfilled + UnknownOrder + Mismatched + Late + Malformed;
}
