using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features;

/// <summary>
/// Which side took: what the venue says; where it says nothing, Lee and Ready's rule. Above the mid of the last sound book before the trade a buyer did, below it a seller. At the mid, or without
/// one, the last price that differs decides: above it a buyer, below it a seller; without one nobody knows.
/// </summary>
/// <remarks>Source: Lee and Ready (1991), "Inferring trade direction from intraday data", with the quote of the moment. Each trade has to be shown to it, those that the venue signs too.</remarks>
internal struct TradeClassifier(bool isVenueAlone)
{
    private const double SameWithin = 1e-15;      // relative: the mid is rounded, and a trade at it may look a hair off

    private double _last = double.NaN, _other = double.NaN;      // the newest price, and the newest that differs from it

    /// <summary>Which of the two counts, for features that can be asked for by name.</summary>
    public static FeatureParameter Parameter { get; } =
        new("sign", FeatureParameterKind.Word, "lee_ready", "who took: what the venue says and else Lee and Ready's rule, or the venue alone") { Words = ["lee_ready", "venue"] };

    public static bool IsVenueAlone(FeatureArguments arguments) => arguments.Word("sign") == "venue";

    /// <summary>1: a buyer, −1: a seller, 0: not known. Where the venue alone counts, it is what the venue says.</summary>
    public int SignOf(in TradeSample trade)
    {
        if (trade.Price != _last) (_last, _other) = (trade.Price, _last);
        if (trade.Sign != 0 || isVenueAlone) return trade.Sign;
        double mid = trade.Mid, distance = trade.Price - mid;
        if (Math.Abs(distance) > SameWithin * Math.Abs(mid)) return distance > 0 ? 1 : -1;
        return _last > _other ? 1 : _last < _other ? -1 : 0;
    }

    public void Clear() => (_last, _other) = (double.NaN, double.NaN);
}
