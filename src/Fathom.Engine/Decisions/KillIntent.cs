using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>What a strategy wants stopped. Without anything said: the whole account.</summary>
public readonly record struct KillIntent()
{
    /// <summary>Only what the strategy itself does; else everybody.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Only this instrument; None: all.</summary>
    public InstrumentId Instrument { get; init; } = InstrumentId.None;

    /// <summary>Positions are closed too.</summary>
    public bool Flattens { get; init; }

    /// <summary>In whole words, for whoever is to turn it off again; what is beyond 256 bytes of UTF-8 is cut.</summary>
    public string Reason { get; init; } = "";
}
