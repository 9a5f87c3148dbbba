namespace Fathom.Host.Configuration;

/// <summary>One lane: a configuration that differs from the others' in some values.</summary>
/// <param name="Name">Of the lane, and of its folder.</param>
/// <param name="Values">What differs: key and value as a TOML literal, in the order in which they were given.</param>
/// <param name="Configuration">What a run with these values set would have.</param>
public sealed record LaneConfiguration(string Name, IReadOnlyList<(string Key, string Value)> Values, RunConfiguration Configuration);
