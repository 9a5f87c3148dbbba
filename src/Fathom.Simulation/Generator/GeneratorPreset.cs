namespace Fathom.Simulation.Generator;

/// <summary>A kind of synthetic market. Rates and depths are per instrument on average; instruments differ by a power law.</summary>
public sealed record GeneratorPreset
{
    public required string Name { get; init; }
    public required string Summary { get; init; }
    public required int Instruments { get; init; }
    /// <summary>Market-by-order messages after the opening snapshot.</summary>
    public required long Events { get; init; }
    /// <summary>Resting orders that an instrument's book tends to, on average over the instruments.</summary>
    public required int LiveOrders { get; init; }
    /// <summary>Resting orders that one side's best price tends to in the deepest books.</summary>
    public required int TouchOrders { get; init; }
    /// <summary>Venue events per second, on average over the instruments.</summary>
    public required double EventsPerSecond { get; init; }
    /// <summary>Exponent of the power law of rates over instruments: 0 = all alike.</summary>
    public required double RateTail { get; init; }
    /// <summary>Standard deviation of the latent value's step between two venue events at average pace, in ticks.</summary>
    public required double StepTicks { get; init; }

    public static IReadOnlyList<GeneratorPreset> All { get; } =
    [
        new()
        {
            Name = "demo", Summary = "one liquid future, for a first backtest",
            Instruments = 1, Events = 2_000_000, LiveOrders = 1_500, TouchOrders = 16, EventsPerSecond = 250, RateTail = 0, StepTicks = 0.05,
        },
        new()
        {
            Name = "bench-1", Summary = "one deep and busy book that stays in the cache",
            Instruments = 1, Events = 10_000_000, LiveOrders = 7_000, TouchOrders = 20, EventsPerSecond = 1_500, RateTail = 0, StepTicks = 0.04,
        },
        new()
        {
            Name = "bench-100", Summary = "a hundred deep books that do not fit the cache",
            Instruments = 100, Events = 10_000_000, LiveOrders = 2_500, TouchOrders = 20, EventsPerSecond = 40, RateTail = 0.8, StepTicks = 0.08,
        },
        new()
        {
            Name = "wide", Summary = "five thousand books, most of them thin and quiet",
            Instruments = 5_000, Events = 10_000_000, LiveOrders = 150, TouchOrders = 12, EventsPerSecond = 2, RateTail = 0.9, StepTicks = 0.15,
        },
    ];

    /// <exception cref="Domain.InputException">No preset has this name.</exception>
    public static GeneratorPreset Find(string name)
    {
        foreach (GeneratorPreset preset in All)
            if (preset.Name == name) return preset;
        throw new Domain.InputException("preset", $"'{name}'", $"one of {Names()}", "Name one of these presets.");
    }

    private static string Names()
    {
        string names = All[0].Name;
        for (int i = 1; i < All.Count; i++) names += ", " + All[i].Name;
        return names;
    }
}
