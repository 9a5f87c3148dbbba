namespace Fathom.Domain.Messages;

/// <summary>What is so of a live order of a carry-over.</summary>
[Flags]
public enum CarriedOrderFacts : ushort
{
    None = 0,
    /// <summary>The venue said that it has it.</summary>
    Accepted = 1,
    /// <summary>A replacement was sent and not answered.</summary>
    ReplacementSent = 2,
    /// <summary>The last replacement moved it to the back of a queue.</summary>
    LostPlace = 4,
    /// <summary>Its trigger was met.</summary>
    Triggered = 8,
    /// <summary>Its trigger was met at the venue.</summary>
    TriggeredThere = 16,
    /// <summary>A child at the venue whose parent has not filled.</summary>
    Dormant = 32,
    /// <summary>Reduce-only, and the venue does not know.</summary>
    ReductionWatched = 64,
    /// <summary>Its wait is over, and it stands in line to be sent.</summary>
    Leaving = 128,
    /// <summary>The venue has not seen it.</summary>
    Here = 256,
    /// <summary>We watch the market for its trigger.</summary>
    Watched = 512,
    /// <summary>Its list is kept by us.</summary>
    ListKept = 1024,
    /// <summary>Its time is up, and we have not ended it yet.</summary>
    Overdue = 2048,
    /// <summary>Its submission is unanswered.</summary>
    SubmissionSent = 4096,
    /// <summary>A cancel was sent and not answered.</summary>
    CancelSent = 8192,
    /// <summary>Whatever comes between, it is to end.</summary>
    EndWanted = 16384,
}
