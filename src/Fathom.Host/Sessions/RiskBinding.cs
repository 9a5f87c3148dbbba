using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>Makes the gate's limits of the section <c>[risk]</c> and of those of single scopes under it: <c>[risk.account]</c>, <c>[risk.strategy."id"]</c>, <c>[risk.instrument."SYMBOL"]</c>,
/// <c>[risk.product."ROOT"]</c> and <c>[risk.group."name"]</c>, which have the same words.</summary>
internal static class RiskBinding
{
    /// <summary>What protects who states nothing; 0 turns it off.</summary>
    internal const int CollarBpsByDefault = 1_000, OrderRateByDefault = 1_000;

    private const int CountMax = 1_000_000;
    private const decimal Least = 0.000000001m;

    private static readonly string[] SelfMatchWords = ["refuse", "cancel_resting"];
    private static readonly string[] CollarWords = ["mid", "last", "close"];
    private static readonly string[] TimesWords = ["any", "state", "session"];

    /// <summary>In the order of <see cref="TimeInForce"/>.</summary>
    private static readonly string[] TimeInForceWords = ["day", "gtc", "gtd", "ioc", "fok"];

    private static readonly Duration Second = Duration.FromMilliseconds(1_000), Day = Duration.FromMilliseconds(86_400_000);

    /// <exception cref="InputException">A limit that is none, or two that contradict each other.</exception>
    public static RiskLimits Bind(ConfigSection risk)
    {
        long rate = risk.Long("order_rate_max", fallback: OrderRateByDefault, min: 0, max: CountMax);
        Duration window = risk.Duration("order_rate_window", Second, min: new Duration(1), max: Day);
        long collar = risk.Long("price_collar_bps", fallback: CollarBpsByDefault, min: 0, max: RiskLimits.CollarBpsMax);
        RiskLimits limits = new()
        {
            PositionMax = risk.QuantityOrNull("position_max", min: new Quantity(1)) ?? Quantity.None,
            QuantityMax = risk.QuantityOrNull("quantity_max", min: new Quantity(1)) ?? Quantity.None,
            QuantityMin = risk.QuantityOrNull("quantity_min", min: new Quantity(1)) ?? Quantity.None,
            OrderNotionalMax = Money(risk, "order_notional_max"),
            OrderNotionalMin = Money(risk, "order_notional_min"),
            PriceCollarBps = collar == 0 ? null : (int)collar,
            PriceCollarFrom = (CollarReference)WordOr(risk, "price_collar_from", CollarWords),
            GrossNotionalMax = Money(risk, "gross_notional_max"),
            DailyLossMax = Money(risk, "daily_loss_max"),
            OrderRateMax = rate == 0 ? null : new OrderRate((int)rate, window),
            SelfMatch = risk.Word("self_match", SelfMatchWords, SelfMatchWords[0]) == SelfMatchWords[0] ? SelfMatch.Refuse : SelfMatch.CancelResting,
            DuplicateWindow = risk.DurationOrNull("duplicate_window", min: Duration.Zero, max: Day) ?? Duration.Zero,
            TradingTimes = (TradingTimes)WordOr(risk, "trading_hours", TimesWords),
            TimesInForce = BindTimes(risk),
            Both = new ScopeLimits
            {
                NetNotionalMax = Money(risk, "net_notional_max"),
                LeverageMax = Leverage(risk),
                ConcentrationMax = BindConcentration(risk),
                OpenOrdersMax = (int?)risk.LongOrNull("open_orders_max", min: 1, max: CountMax),
                ReplaceRateMax = Rate(risk, "replace_rate"),
                CancelRateMax = Rate(risk, "cancel_rate"),
                MessagesPerFillMax = Ratio(risk),
            },
            Account = risk.Has("account") ? BindAll(risk.Section("account")) : ScopeLimits.None,
            Strategies = Named(risk, "strategy", BindAll),
            Instruments = Named(risk, "instrument", BindInstrument),
            Products = Named(risk, "product", section => BindExposed(section, hasPosition: true)),
            Groups = [.. Named(risk, "group", BindGroup).Select(group => group.Value with { Name = group.Key })],
        };
        if (limits.PriceCollarBps is null && risk.Has("price_collar_from") && !limits.Instruments.Values.Any(instrument => instrument.PriceCollarBps > 0))
            throw risk.Refuse("price_collar_from", "a price_collar_bps above zero beside it", "State how wide the collar is, or remove price_collar_from.");
        RequireOrder(risk, "quantity_min", limits.QuantityMin, "quantity_max", limits.QuantityMax);
        RequireOrder(risk, "order_notional_min", limits.OrderNotionalMin, "order_notional_max", limits.OrderNotionalMax);
        RequireEffect(limits);
        return limits;
    }

    /// <exception cref="InputException">Limits of a strategy that there is not.</exception>
    public static void RequireStrategies(RiskLimits limits, IReadOnlyList<string> owners)
    {
        if (limits.Strategies.Keys.FirstOrDefault(name => !owners.Contains(name)) is not { } unknown) return;
        string fix = NearestName.Find(unknown, owners) is { } near ? $"Is [risk.strategy.\"{near}\"] meant?" : "Name a strategy by its id, or remove the section.";
        throw new InputException($"[risk.strategy.\"{unknown}\"]", "no strategy of that id", $"one of {string.Join(", ", owners)}", fix);
    }

    /// <summary>The symbols that limits name, each with where it stands.</summary>
    public static IEnumerable<(string Symbol, string Place)> Symbols(RiskLimits limits)
    {
        foreach (string symbol in limits.Instruments.Keys) yield return (symbol, $"[risk.instrument.\"{symbol}\"]");
        foreach (GroupLimits group in limits.Groups)
            foreach (string symbol in group.Instruments) yield return (symbol, $"[risk.group.\"{group.Name}\"] instruments");
    }

    /// <exception cref="InputException">A limit names an instrument that is not among the known ones.</exception>
    public static void RequireSymbols(RiskLimits limits, IReadOnlyCollection<string> known, string file)
    {
        foreach ((string symbol, string place) in Symbols(limits))
        {
            if (known.Contains(symbol)) continue;
            string fix = NearestName.Find(symbol, known) is { } near ? $"Is {near} meant?" : "Name instruments by the symbols that 'fathom data info' shows, or remove it.";
            throw new InputException(place, $"'{symbol}', of which {file} knows nothing", $"some of {string.Join(", ", known.Order(StringComparer.Ordinal).Take(20))}", fix);
        }
    }

    // ---- scopes

    /// <summary>Of the account or a strategy: every word.</summary>
    private static ScopeLimits BindAll(ConfigSection section) => BindExposed(section, hasPosition: true) with
    {
        DailyLossMax = Money(section, "daily_loss_max"),
        MessagesPerFillMax = Ratio(section),
    };

    private static ScopeLimits BindExposed(ConfigSection section, bool hasPosition) => new()
    {
        PositionMax = (hasPosition ? section.QuantityOrNull("position_max", min: new Quantity(1)) : null) ?? Quantity.None,
        GrossNotionalMax = Money(section, "gross_notional_max"),
        NetNotionalMax = Money(section, "net_notional_max"),
        LeverageMax = Leverage(section),
        ConcentrationMax = BindConcentration(section),
        OpenOrdersMax = (int?)section.LongOrNull("open_orders_max", min: 1, max: CountMax),
        OrderRateMax = Rate(section, "order_rate"),
        ReplaceRateMax = Rate(section, "replace_rate"),
        CancelRateMax = Rate(section, "cancel_rate"),
    };

    private static InstrumentLimits BindInstrument(ConfigSection section)
    {
        InstrumentLimits limits = new()
        {
            PriceCollarBps = (int?)section.LongOrNull("price_collar_bps", min: 0, max: RiskLimits.CollarBpsMax),
            QuantityMax = section.QuantityOrNull("quantity_max", min: new Quantity(1)) ?? Quantity.None,
            QuantityMin = section.QuantityOrNull("quantity_min", min: new Quantity(1)) ?? Quantity.None,
            OrderNotionalMax = Money(section, "order_notional_max"),
            OrderNotionalMin = Money(section, "order_notional_min"),
            Scope = BindExposed(section, hasPosition: true),
        };
        RequireOrder(section, "quantity_min", limits.QuantityMin, "quantity_max", limits.QuantityMax);
        RequireOrder(section, "order_notional_min", limits.OrderNotionalMin, "order_notional_max", limits.OrderNotionalMax);
        return limits;
    }

    private static GroupLimits BindGroup(ConfigSection section)
    {
        IReadOnlyList<string> instruments = section.Strings("instruments");
        if (instruments.Count == 0) throw section.Refuse("instruments", "the symbols of at least one instrument", "Write instruments = [\"CLX5\", \"CLZ5\"].");
        if (instruments.Distinct().Count() != instruments.Count) throw section.Refuse("instruments", "each symbol once", "Remove the second.");
        return new GroupLimits("", instruments, BindExposed(section, hasPosition: false));
    }

    private static Dictionary<string, T> Named<T>(ConfigSection risk, string key, Func<ConfigSection, T> bind) =>
        risk.Has(key) ? risk.Section(key).NamedSections().ToDictionary(named => named.Name, named => bind(named.Section)) : [];

    /// <summary>Products that sections of instruments name.</summary>
    internal static Dictionary<string, string> BindProducts(IReadOnlyList<(string Symbol, ConfigSection Section)> instruments)
    {
        Dictionary<string, string> products = [];
        foreach ((string symbol, ConfigSection section) in instruments)
            if (section.Has("product")) products.Add(symbol, section.String("product"));
        return products;
    }

    // ---- words

    private static decimal? Money(ConfigSection section, string key) => section.DecimalOrNull(key, min: Least, max: RiskLimits.MoneyMax);

    private static decimal? Leverage(ConfigSection section) => section.DecimalOrNull("leverage_max", min: 1, max: ScopeLimits.LeverageMost);

    private static Concentration? BindConcentration(ConfigSection section)
    {
        decimal? share = section.DecimalOrNull("concentration_max", min: Least, max: 1), from = Money(section, "concentration_from");
        if (share is null && from is null) return null;
        if (from is null) throw section.Refuse("concentration_max", "concentration_from beside it", "Write from which gross exposure on it holds, for example concentration_from = 100_000: the first order of a portfolio is all of it.");
        if (share is null) throw section.Refuse("concentration_from", "concentration_max beside it", "Write the largest share, for example concentration_max = 0.4, or remove concentration_from.");
        return new Concentration(share.Value, from.Value);
    }

    /// <param name="name">The keys are name_max and name_window.</param>
    private static OrderRate? Rate(ConfigSection section, string name)
    {
        long? count = section.LongOrNull($"{name}_max", min: 1, max: CountMax);
        Duration? window = section.DurationOrNull($"{name}_window", min: new Duration(1), max: Day);
        if (count is null && window is not null) throw section.Refuse($"{name}_window", $"{name}_max beside it", $"Write how many may leave in it, or remove {name}_window.");
        return count is { } stated ? new OrderRate((int)stated, window ?? Second) : null;
    }

    private static MessageRatio? Ratio(ConfigSection section)
    {
        long? max = section.LongOrNull("messages_per_fill_max", min: 1, max: CountMax), from = section.LongOrNull("messages_per_fill_from", min: 0, max: CountMax);
        if (max is null && from is not null) throw section.Refuse("messages_per_fill_from", "messages_per_fill_max beside it", "Write how many messages a fill is worth, or remove messages_per_fill_from.");
        return max is { } stated ? new MessageRatio((int)stated, (int)(from ?? 1_000)) : null;
    }

    private static List<TimeInForce> BindTimes(ConfigSection risk)
    {
        List<TimeInForce> times = [];
        if (!risk.Has("times_in_force")) _ = risk.StringOrNull("times_in_force");      // known, and not set
        else
            foreach (string word in risk.Strings("times_in_force"))
            {
                int at = Array.IndexOf(TimeInForceWords, word);
                if (at < 0) throw risk.Refuse("times_in_force", $"some of {string.Join(", ", TimeInForceWords)}", "Name those that orders may have.");
                times.Add((TimeInForce)(at + 1));
            }
        return times;
    }

    /// <returns>The word's place; 0, and the key is known, where it is not written.</returns>
    private static int WordOr(ConfigSection section, string key, string[] words)
    {
        if (section.Has(key)) return Array.IndexOf(words, section.Word(key, words));
        _ = section.StringOrNull(key);
        return 0;
    }

    // ---- sense

    private static void RequireOrder(ConfigSection section, string lowKey, Quantity low, string highKey, Quantity high)
    {
        if (!low.IsNone && !high.IsNone && low > high) throw section.Refuse(lowKey, $"at most {highKey} ({high})", "No order could be large enough and small enough: swap or change them.");
    }

    private static void RequireOrder(ConfigSection section, string lowKey, decimal? low, string highKey, decimal? high)
    {
        if (low > high) throw section.Refuse(lowKey, $"at most {highKey} ({high})", "No order could be large enough and small enough: swap or change them.");
    }

    /// <summary>A scope without a limit is a limit that was forgotten.</summary>
    private static void RequireEffect(RiskLimits limits)
    {
        foreach (GroupLimits group in limits.Groups)
            if (group.Limits == ScopeLimits.None) throw new InputException($"[risk.group.\"{group.Name}\"]", "no limit", "at least one", "Write one, for example gross_notional_max = 1_000_000, or remove the group.");
        foreach ((string name, ScopeLimits product) in limits.Products)
            if (product == ScopeLimits.None) throw new InputException($"[risk.product.\"{name}\"]", "no limit", "at least one", "Write one, for example position_max = 100, or remove the section.");
    }
}
