using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Portfolio.Sizing;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>Binds <c>[strategy.exits]</c>.</summary>
internal static class ExitBinding
{
    private const long TicksMax = 1_000_000_000;
    private static readonly Duration s_timeMax = Duration.FromMilliseconds(3_650L * 86_400_000);
    private static readonly string[] s_sources = ["last", "bid_ask"];

    /// <returns>Null where nothing is written.</returns>
    public static ExitOptions? Bind(ConfigSection section)
    {
        if (!section.Keys.Any()) return null;
        ExitOptions exits = new()
        {
            StopLoss = Distance(section, "stop_loss"),
            TakeProfit = Distance(section, "take_profit"),
            Trailing = Distance(section, "trailing"),
            TimeStop = section.DurationOrNull("time_stop", min: new Duration(1), max: s_timeMax) ?? Duration.Zero,
            TriggerSource = section.Has("trigger") && section.Word("trigger", s_sources) == s_sources[1] ? TriggerSource.BidAsk : TriggerSource.Last,
        };
        bool hasStop = !exits.StopLoss.IsNone || !exits.Trailing.IsNone;
        if (section.Has("trigger") && !hasStop) throw section.Refuse("trigger", "nothing without a stop loss or a trailing stop", "State one of them, or remove the trigger.");
        return exits.IsAny ? exits : null;
    }

    /// <summary>A distance in ticks or in basis points, by the unit that the key names.</summary>
    public static PriceDistance Distance(ConfigSection section, string name)
    {
        string inTicks = $"{name}_ticks", inBps = $"{name}_bps";
        if (section.Has(name)) throw section.Refuse(name, $"{inTicks} or {inBps}", "Name the unit: ticks of the instrument, or basis points of the price.");
        long? ticks = section.LongOrNull(inTicks, min: 1, max: TicksMax);
        decimal? bps = section.DecimalOrNull(inBps, min: 0.000000001m, max: PriceDistance.BpsMax);
        if (ticks is not null && bps is not null) throw section.Refuse(inBps, $"nothing beside {inTicks}", "State one of the two.");
        if (bps is { } fine && decimal.Round(fine, 9) != fine) throw section.Refuse(inBps, "at most nine decimals", "Round it.");
        return ticks is { } whole ? PriceDistance.OfTicks(whole) : bps is { } part ? PriceDistance.OfBps(part) : default;
    }
}
