using Fathom.Host.Configuration.Toml;

namespace Fathom.Host.Configuration;

/// <summary>One effective value, as a getter read it.</summary>
/// <param name="Key">The last part of its path.</param>
/// <param name="Path">Section and key as <c>--set</c> takes them: <c>strategy.0.params.half_spread</c>.</param>
/// <param name="Value">Normalised: equal values have equal texts ("1ms", not "1000us"). Null: not set and without a default.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="AffectsResult">False for paths, threads and display: they are not part of the fingerprint.</param>
public sealed record ConfigEntry(string Key, string Path, TomlNode? Value, ValueOrigin Origin, bool AffectsResult);
