using Fathom.Domain.Values;

namespace Fathom.Host.Torture;

/// <summary>One message between engine and venue, as a sequence diagram shows it.</summary>
/// <param name="ToVenue">A command; otherwise an answer.</param>
/// <param name="Sent">When it left.</param>
/// <param name="Arrived">When it reached the other side; None of one that was lost.</param>
/// <param name="Label">What it says, in a few words.</param>
/// <param name="Remark">What happened to it on the way, in a few words; empty where nothing did.</param>
public sealed record DiagramMessage(bool ToVenue, Timestamp Sent, Timestamp Arrived, string Label, DiagramFate Fate = DiagramFate.Arrives, string Remark = "")
{
    /// <summary>Of what happens at one time, in which order: its leaving.</summary>
    public long SentOrder { get; init; }

    /// <summary>Its arrival.</summary>
    public long ArrivedOrder { get; init; }
}
