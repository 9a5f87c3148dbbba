using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>Makes options of the section <c>[risk.liquidation]</c>. What is not written is as usual, and is no part of the canonical configuration.</summary>
internal static class LiquidationBinding
{
    private const decimal ShareMin = 0.000001m;
    private static readonly Duration TimeMax = Duration.FromMilliseconds(86_400_000);

    /// <exception cref="InputException">A value that is none, or one that another makes senseless.</exception>
    public static LiquidationOptions Bind(ConfigSection section)
    {
        LiquidationOptions usual = new();
        LiquidationOptions options = new()
        {
            Slice = (double?)section.DecimalOrNull("slice", min: ShareMin, max: 1) ?? usual.Slice,
            Share = (double?)section.DecimalOrNull("share", min: ShareMin, max: 1) ?? usual.Share,
            Interval = section.DurationOrNull("interval", min: new Duration(1), max: TimeMax) ?? usual.Interval,
            FloorBps = Bps(section, "floor_bps", min: 0) ?? usual.FloorBps,
            FloorMaxBps = Bps(section, "floor_max_bps", min: 0) ?? usual.FloorMaxBps,
            WidenBps = Bps(section, "widen_bps", min: 1) ?? usual.WidenBps,
            Patience = section.DurationOrNull("patience", min: new Duration(1), max: TimeMax) ?? usual.Patience,
            RejectsMax = (int?)section.LongOrNull("rejects_max", min: 1, max: 1_000) ?? usual.RejectsMax,
        };
        if (options.FloorBps > options.FloorMaxBps)
            throw Refuse(section, "floor_bps", "floor_max_bps", options.FloorBps.ToString(System.Globalization.CultureInfo.InvariantCulture), $"at most risk.liquidation.floor_max_bps ({options.FloorMaxBps})",
                "The floor begins there and is only ever widened: make it smaller, or the other larger.");
        if (options.Patience < options.Interval)
            throw Refuse(section, "patience", "interval", options.Patience.ToString(), $"at least risk.liquidation.interval ({options.Interval})", "Else it gives up before it may try again: make it longer, or the other shorter.");
        return options;
    }

    private static int? Bps(ConfigSection section, string key, int min) => (int?)section.LongOrNull(key, min, LiquidationOptions.FloorBpsLimit);

    /// <summary>At the one of two keys that was written.</summary>
    private static InputException Refuse(ConfigSection section, string key, string other, string found, string expected, string fix) =>
        section.Has(key) ? section.Refuse(key, expected, fix) : new InputException($"risk.liquidation.{key}", $"{found} (default, beside the {other} that was written)", expected, fix);
}
