using System.Globalization;
using Fathom.Domain;

namespace Fathom.Engine.Features;

/// <summary>A feature that somebody asks for: its name, its arguments, and what it is computed from. Immutable; each change gives another.</summary>
/// <example><code>FeatureSpec.Of("rsi", on: "bars.1m").With("period", 14)</code></example>
public sealed record FeatureSpec
{
    /// <summary>Of <see cref="Catalog.FeatureCatalog"/>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is computed from: "bars.1m", "bars.1m.high", "mid", "trades", or the <see cref="As"/> of a feature that was asked for earlier. Empty for features of the book and of trades.</summary>
    public string On { get; init; } = "";

    /// <summary>Symbol of the instrument that it is of; empty: each instrument has its own.</summary>
    public string Instrument { get; init; } = "";

    /// <summary>Symbol of the other instrument, for features of two series; its series is the same <see cref="On"/>.</summary>
    public string Other { get; init; } = "";

    /// <summary>What its columns are called; empty: after what it is.</summary>
    public string As { get; init; } = "";

    /// <summary>Where it was asked for, for messages.</summary>
    public string Subject { get; init; } = "feature";

    /// <summary>By name, as text.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>A feature with its defaults.</summary>
    /// <param name="on">See <see cref="On"/>.</param>
    public static FeatureSpec Of(string name, string on = "") => new() { Name = name, On = on, Subject = $"feature {name}" };

    /// <summary>The same with another argument: a time, a word.</summary>
    public FeatureSpec With(string parameter, string value) => this with { Arguments = new Dictionary<string, string>(Arguments) { [parameter] = value } };

    /// <summary>The same with another argument: a number.</summary>
    public FeatureSpec With(string parameter, double value) => With(parameter, value.ToString("R", CultureInfo.InvariantCulture));
}
