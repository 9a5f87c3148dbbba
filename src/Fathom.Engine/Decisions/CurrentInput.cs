using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>The input whose step runs. The loop writes it; whoever is woken reads it.</summary>
internal sealed class CurrentInput
{
    /// <summary>1, 2, 3 …; 0 before the first.</summary>
    public long Number { get; set; }

    /// <summary>The engine's clock: receive time of the newest input, never going back; the earliest time before the first.</summary>
    public Timestamp Clock { get; set; } = Timestamp.Earliest;

    /// <summary>None before the first input and after the last.</summary>
    public MessageType Type { get; set; }

    /// <summary>Of the input; None where it is about no instrument.</summary>
    public InstrumentId Instrument { get; set; } = InstrumentId.None;
}
