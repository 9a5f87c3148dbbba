using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Host.Torture;

/// <summary>One published event of an engine, as a table shows it.</summary>
/// <param name="Time">The engine's clock.</param>
/// <param name="Event">What happened, in a few words.</param>
/// <param name="From">Status before; None of an event that changed none.</param>
/// <param name="To">Status after.</param>
public sealed record HistoryLine(Timestamp Time, string Event, OrderStatus From, OrderStatus To, ReasonCode Reason)
{
    /// <summary>"open → filled"; empty where nothing changed.</summary>
    public string Change => From == To ? "" : From == OrderStatus.None ? $"→ {MessageWords.Spoken(To)}" : $"{MessageWords.Spoken(From)} → {MessageWords.Spoken(To)}";

    /// <summary>The reason in words; empty without one.</summary>
    public string Why => MessageWords.Spoken(Reason);
}
