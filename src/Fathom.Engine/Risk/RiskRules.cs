using Fathom.Domain.Messages;
using static Fathom.Domain.Messages.RiskScope;

namespace Fathom.Engine.Risk;

/// <summary>All rules of the gate, in the order in which they are looked at. The reference page's table is made of this.</summary>
public static class RiskRules
{
    private const string Always = "", Off = "off", Money = "account's currency", Units = "units";

    private static readonly RiskScope[] OfOrder = [Order];
    private static readonly RiskScope[] Exposed = [Strategy, Instrument, Product, Group, Account];

    /// <summary>One for each <see cref="RiskRule"/>, at its number.</summary>
    public static IReadOnlyList<RiskRuleInfo> All { get; } =
    [
        new(RiskRule.KillSwitch, ReasonCode.KillSwitch, Always, [StrategyInstrument, Strategy, Instrument, Account], "", "holds", "a kill switch that concerns it is on", "0", "1"),
        new(RiskRule.Instrument, ReasonCode.UnknownInstrument, Always, OfOrder, "", "holds", "no definition of the instrument has come", "largest instrument number", "its number"),
        new(RiskRule.Terms, ReasonCode.UnsupportedInstrument, Always, OfOrder, "", "holds",
            "the instrument makes no money: no multiplier above zero, an inverse one without its coin, a definition that changed the currency of what was traded", "0", "its number"),
        new(RiskRule.Tick, ReasonCode.PriceOffTick, Always, OfOrder, "", "holds", "the price is no multiple of the tick, or a limit order has none", "tick", "price"),
        new(RiskRule.Conditions, ReasonCode.ConditionInvalid, Always, OfOrder, "", "holds",
            "a trigger, trail or expiry that the type or time in force needs is missing, off the tick, not above zero or past; or one is there that it has no use for; or the order is post-only and cannot rest",
            "tick; of an expiry: now", "what was stated, 0 for nothing"),
        new(RiskRule.QuantityPositive, ReasonCode.QuantityNotPositive, Always, OfOrder, "", "holds", "the quantity is not above zero, or there is no side", "1", "quantity"),
        new(RiskRule.Lot, ReasonCode.QuantityOffLot, Always, OfOrder, "", "holds",
            "the quantity is no multiple of the lot; a reduce-only order for exactly the whole position passes", "lot", "quantity"),
        new(RiskRule.ReduceOnly, ReasonCode.ReduceOnly, Always, [StrategyInstrument], "", "holds", "the order is reduce-only, and the strategy has no position for it to reduce", "0", "quantity"),
        new(RiskRule.TradingTimes, ReasonCode.TradingHours, "trading_hours", [Instrument, Order], "any, state or session", "any",
            "`state`: the instrument is halted or closed; or in pre-open or auction, and the order is not for the open or the close. Unknown passes. `session`: also outside the session's hours, for what is not reduce-only",
            "continuous; of hours: the session's begin", "the trading state; of hours: now"),
        new(RiskRule.TimeInForce, ReasonCode.TimeInForceNotAllowed, "times_in_force", OfOrder, "list of words", "all", "the time in force is not in the list; reduce-only orders pass", "a bit for each that is", "its number"),
        new(RiskRule.TradingMode, ReasonCode.OnlyReducing, Always, [Strategy, Account], "", "holds",
            "an anomaly is open, or the venue's state is in doubt, and the order would not only reduce", "what there is to reduce", "what would be live"),
        new(RiskRule.State, ReasonCode.StateReducesOnly, "[risk.states]", [StrategyInstrument, Instrument, Strategy, Account], "ratios", Off,
            "the state of the position, the strategy or the account is critical or over the limit, and the order would not only reduce", "the threshold, 1e-9", "the measure, 1e-9"),
        new(RiskRule.Duplicate, ReasonCode.Duplicate, "duplicate_window", [StrategyInstrument], "duration", Off,
            "the same new order (strategy, instrument, side, type, price, quantity) left less than this before; reduce-only orders pass", "window, nanoseconds", "time since, nanoseconds"),
        new(RiskRule.CollarReference, ReasonCode.NoReferencePrice, "price_collar_bps", OfOrder, "", "passes", "a collar is stated, and there is no reference for it yet", "0", "instrument's number"),
        new(RiskRule.PriceCollar, ReasonCode.PriceCollar, "price_collar_bps", OfOrder, "1/10,000", "1000",
            "a buy above, a sell below the reference (`price_collar_from`: mid, last or close) by more than this part of it. A market order has no price to be held", "the last price that passes", "price"),
        new(RiskRule.SelfMatch, ReasonCode.WouldMeetOwn, "self_match", [Instrument], "refuse or cancel_resting", "refuse", "it would meet a live order of the account", "that order's price", "its own price, 0 for none"),
        new(RiskRule.QuantityMax, ReasonCode.QuantityLimit, "quantity_max", OfOrder, Units, Off, "one order's whole quantity, what is filled of it included, is above it", "the limit", "quantity"),
        new(RiskRule.QuantityMin, ReasonCode.OrderTooSmall, "quantity_min", OfOrder, Units, Off, "as above, below it", "the limit", "quantity"),
        new(RiskRule.OrderNotionalMax, ReasonCode.OrderNotionalLimit, "order_notional_max", OfOrder, Money, Off,
            "quantity × multiplier × the order's price (without one: the mark) is above it", "the limit", "the notional"),
        new(RiskRule.OrderNotionalMin, ReasonCode.OrderTooSmall, "order_notional_min", OfOrder, Money, Off, "as above, below it", "the limit", "the notional"),
        new(RiskRule.NumericRange, ReasonCode.NumericRange, Always, [StrategyInstrument, Instrument], "", "holds",
            "the position at its worst is two thousand million units or more, or that much money per point", "2,000,000,000", "size, whole units"),
        new(RiskRule.Position, ReasonCode.PositionLimit, "position_max", [StrategyInstrument, Instrument, Product], Units, Off, "the position at its worst is above it", "the limit", "the position"),
        new(RiskRule.CurrencyRate, ReasonCode.UnsupportedInstrument, Always, [None], "", "holds", "a limit in money is stated, and the instrument's currency has no rate in `[account.rates]`", "0", "its number"),
        new(RiskRule.Mark, ReasonCode.NoReferencePrice, Always, [None], "", "holds", "a limit of exposure is stated, and the instrument has no mark yet", "0", "its number"),
        new(RiskRule.DailyLoss, ReasonCode.DailyLossLimit, "daily_loss_max", [Strategy, Account], Money, Off,
            "the equity **was**, at its lowest since the UTC day began, so much below that at the day's start, unrealized included", "the limit", "the loss"),
        new(RiskRule.GrossNotional, ReasonCode.NotionalLimit, "gross_notional_max", Exposed, Money, Off,
            "the sum over instruments of (\\|position\\| + what live orders of both sides may still fill) × mark × multiplier is above it", "the limit", "the sum"),
        new(RiskRule.NetNotional, ReasonCode.NetNotionalLimit, "net_notional_max", Exposed, Money, Off,
            "the sum over instruments of (position in the order's direction + live orders of its side) × mark × multiplier is above it", "the limit", "the sum"),
        new(RiskRule.Leverage, ReasonCode.LeverageLimit, "leverage_max", Exposed, "1 to 1,000", Off, "that gross sum is more times the account's equity", "the limit, 1e-9", "the leverage, 1e-9"),
        new(RiskRule.Concentration, ReasonCode.ConcentrationLimit, "concentration_max", Exposed, "share, above 0 to 1", Off,
            "gross exposure is above `concentration_from`, and this part of it at its worst is a larger share of itself and what is held besides", "the limit, 1e-9", "the share, 1e-9"),
        new(RiskRule.Margin, ReasonCode.MarginLimit, "[margin]", [Account], Money, Off,
            "the initial margin of the account's positions at their worst, this order's included, is more than the equity less the safety buffer", "equity less the buffer", "initial margin"),
        new(RiskRule.OpenOrders, ReasonCode.OpenOrdersLimit, "open_orders_max", Exposed, "orders", Off, "so many orders are live at the venue, those in doubt included; replacements pass", "the limit", "one more"),
        new(RiskRule.OrderRate, ReasonCode.OrderRateLimit, "order_rate_max", Exposed, "in `order_rate_window`", "1000 in 1s (account)",
            "so many orders and replacements left within the window before now; one that left exactly a window ago does not count, nor does what was refused", "the limit", "one more"),
        new(RiskRule.ReplaceRate, ReasonCode.ReplaceRateLimit, "replace_rate_max", Exposed, "in `replace_rate_window`", Off, "so many replacements left, and this is one", "the limit", "one more"),
        new(RiskRule.CancelRate, ReasonCode.CancelRateLimit, "cancel_rate_max", Exposed, "in `cancel_rate_window`", Off, "so many cancels left, and this is a new order, which may have to be canceled too", "the limit", "one more"),
        new(RiskRule.MessagesPerFill, ReasonCode.MessagesPerFillLimit, "messages_per_fill_max", [Strategy, Account], "messages for a fill", Off,
            "of a UTC day more than `messages_per_fill_from` messages left, and more than this for each fill since its first (none counts as one)", "messages that may leave", "one more"),
    ];

    /// <summary>What is given where a rule refuses.</summary>
    public static ReasonCode ReasonOf(RiskRule rule) => All[(int)rule].Reason;
}
