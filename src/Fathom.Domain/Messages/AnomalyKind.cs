namespace Fathom.Domain.Messages;

/// <summary>In which way a venue disagreed with what we believed. All of it is expected in live trading.</summary>
public enum AnomalyKind : byte
{
    None = 0,
    /// <summary>An execution of an order of ours that was already terminal. The position moved.</summary>
    FilledAfterClose = 1,
    /// <summary>An execution beyond the order's quantity. The position moved.</summary>
    Overfilled = 2,
    /// <summary>A report of an order that we do not know. An execution moved the external position.</summary>
    UnknownOrder = 3,
    /// <summary>An execution whose side or instrument is not its order's. The position moved as the venue said.</summary>
    Mismatched = 4,
    /// <summary>A report that is not possible in the order's state. Nothing but what an execution moved has changed.</summary>
    Illegal = 5,
    /// <summary>A report that says nothing usable. Nothing changed.</summary>
    Malformed = 6,
    /// <summary>A request was not answered in time: the order is unknown until the venue says.</summary>
    OrderStuck = 7,
    /// <summary>The venue was asked as often as is bounded and did not settle it: the next reconciliation will.</summary>
    OrderUnsettled = 8,
    /// <summary>An order that we held for over lives at the venue: it is canceled.</summary>
    LiveAfterClose = 9,
    /// <summary>The venue took an execution back. The position moved.</summary>
    Busted = 10,
    /// <summary>The venue corrected an execution. The position moved.</summary>
    Corrected = 11,
    /// <summary>Reports of the venue are missing by their numbers: it is asked for all that it has.</summary>
    ReportLost = 12,
}
