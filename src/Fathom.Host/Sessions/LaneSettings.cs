using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>One lane of a run.</summary>
/// <param name="Name">Of the lane, and of its folder.</param>
/// <param name="Values">What differs from the other lanes: key and value.</param>
/// <param name="Settings">Those of a run of its own.</param>
public sealed record LaneSettings(string Name, IReadOnlyList<(string Key, string Value)> Values, BacktestSettings Settings)
{
    /// <exception cref="Fathom.Domain.InputException">A missing, unknown or impossible value; the message names the lane.</exception>
    public static LaneSettings Bind(LaneConfiguration lane)
    {
        BacktestSettings settings = BacktestSettings.Bind(lane.Configuration);
        return new LaneSettings(lane.Name, lane.Values, settings with { Title = $"{lane.Name}: {settings.Strategies}" });
    }
}
