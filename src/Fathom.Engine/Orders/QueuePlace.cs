using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>Where an order of ours stands in the tape's queue at its price.</summary>
internal struct QueuePlace
{
    /// <summary>Tape orders at our price that joined with a smaller arrival stand ahead of us.</summary>
    public long Arrival;

    /// <summary>The book's epoch that the arrival belongs to.</summary>
    public int Epoch;

    /// <summary>The venue's time at which the order joined its queue.</summary>
    public Timestamp Joined;

    public QueueKnowledge Knowledge;

    /// <summary>Submissions and replacements of the order that were not answered.</summary>
    public int Answers;
}
