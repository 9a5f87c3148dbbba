namespace Fathom.Engine.Orders;

/// <summary>How often a venue's reports disagreed with what we believed. All of it is expected in live trading; none of it is thrown.</summary>
/// <param name="RepeatedExecution">An execution id came again: nothing changed.</param>
/// <param name="FilledAfterClose">An execution of an order of ours that was already terminal. The position moved.</param>
/// <param name="Overfilled">An execution beyond the order's quantity. The position moved.</param>
/// <param name="UnknownOrder">A report of an order that we never sent. An execution moved the external position.</param>
/// <param name="Mismatched">An execution whose side or instrument is not its order's. The position moved as the venue said.</param>
/// <param name="Late">An answer for an order that was already terminal, or that has taken a newer one, other than an execution or the rejection of a cancel that came too late: nothing changed.</param>
/// <param name="Malformed">A report that says nothing usable (unknown kind or instrument, an execution without side, price or quantity): nothing changed.</param>
/// <param name="Illegal">A report that is not possible in the order's state: the venue was asked how it has the order.</param>
/// <param name="Busted">An execution that the venue took back. The position moved.</param>
/// <param name="Corrected">An execution that the venue corrected. The position moved.</param>
/// <param name="Stuck">A request that was not answered in time: the venue was asked.</param>
/// <param name="LiveAfterClose">An order that we held for over and that lived at the venue: it was canceled.</param>
/// <param name="ReportLost">Reports that were missing by their numbers: the venue was asked for all that it has.</param>
public readonly record struct OrderAnomalies(
    long RepeatedExecution, long FilledAfterClose, long Overfilled, long UnknownOrder, long Mismatched, long Late, long Malformed,
    long Illegal = 0, long Busted = 0, long Corrected = 0, long Stuck = 0, long LiveAfterClose = 0, long ReportLost = 0)
{
    public long Total => RepeatedExecution + FilledAfterClose + Overfilled + UnknownOrder + Mismatched + Late + Malformed + Illegal + Busted + Corrected + Stuck + LiveAfterClose + ReportLost;
}
