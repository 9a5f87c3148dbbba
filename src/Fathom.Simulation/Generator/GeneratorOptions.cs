using Fathom.Domain;

namespace Fathom.Simulation.Generator;

/// <summary>What to generate. The same options give the same bytes on every machine.</summary>
public sealed record GeneratorOptions
{
    public const int InstrumentsMax = 50_000;
    public const long EventsMax = 1_000_000_000_000;

    /// <summary>Bound of the live orders of all books together: about two gigabytes.</summary>
    public const long LiveOrdersMax = 50_000_000;

    public string Preset { get; init; } = "demo";

    /// <summary>Market-by-order messages after the opening snapshots; null = the preset's.</summary>
    public long? Events { get; init; }

    public ulong Seed { get; init; } = 1;

    /// <summary>Number of instruments; null = the preset's. Rates and depths per instrument stay those of the preset.</summary>
    public int? Instruments { get; init; }

    /// <exception cref="InputException">An option is out of range or the preset is unknown.</exception>
    public void Check()
    {
        GeneratorPreset preset = GeneratorPreset.Find(Preset);
        if (Events is < 1 or > EventsMax)
            throw new InputException("events", $"{Events}", $"1 to {EventsMax}", "State how many market-by-order messages to make.");
        if (Instruments is < 1 or > InstrumentsMax)
            throw new InputException("instruments", $"{Instruments}", $"1 to {InstrumentsMax}", "State how many instruments trade.");
        long orders = (Instruments ?? preset.Instruments) * (long)preset.LiveOrders;
        if (orders > LiveOrdersMax)
            throw new InputException("instruments", $"{Instruments} books of {preset.LiveOrders} orders", $"at most {LiveOrdersMax} live orders in all",
                "Take fewer instruments, or the preset 'wide'.");
    }
}
