using System.Globalization;
using Fathom.Data.Dbn;
using Fathom.Data.Markets;
using Fathom.Data.Series;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Features;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Kill;
using Fathom.Host.Configuration;
using Fathom.Host.FeatureTables;
using Fathom.Host.Runs;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;

namespace Fathom.Host.Sessions;

/// <summary>A backtest's configuration, bound to the options of those who need them. Everything that can be wrong with it is said here, before anything runs.</summary>
public sealed record BacktestSettings
{
    private const decimal CashMax = 1_000_000_000_000;
    private const decimal RateMax = 10_000;
    private const long DayMilliseconds = 86_400_000;

    private static readonly string[] FeeKeys = ["maker_bps", "taker_bps", "per_contract"];

    private static readonly string[] ShownSections = ["strategy.", "aggregator.", "risk.", "margin.", "instrument.", "series.", "operator."];

    /// <summary>In the order of the bits of <see cref="VenueFeatures"/>.</summary>
    private static readonly string[] HeldWords = ["stops", "trailing", "expiry", "reduce_only", "lists"];

    private static readonly string[] Kinds = ["linear", "spot", "inverse"];

    /// <summary>The configuration file as the user wrote it.</summary>
    public required string ConfigurationFile { get; init; }

    /// <summary>What the run is called in its report.</summary>
    public required string Title { get; init; }

    /// <summary>The market data, and what is wanted of it.</summary>
    public required MarketOptions Market { get; init; }
    public required IReadOnlyList<InstrumentOverride> Instruments { get; init; }
    /// <summary>Numbers from elsewhere, in the order of their sections.</summary>
    public required IReadOnlyList<SeriesOptions> Series { get; init; }

    /// <summary>How a table of the feature vector is made; no backtest goes by it.</summary>
    public required FeatureTableOptions Table { get; init; }

    /// <summary>What an operator does meanwhile.</summary>
    public IReadOnlyList<OperatorOrder> Operators { get; init; } = [];

    /// <summary>What strategies take on from earlier runs.</summary>
    public required IReadOnlyList<CarriedContext> Contexts { get; init; }

    /// <summary>The carry-over of an earlier run with which the account goes on; null where it begins.</summary>
    public string? CarryOver { get; init; }

    public required LatencyModel Latency { get; init; }
    public required FeeBook Fees { get; init; }
    /// <summary>The fees in words.</summary>
    public required string FeesText { get; init; }

    /// <summary>Strategies, limits and what was stated about instruments: keys and values in force.</summary>
    public required IReadOnlyList<ConfigEntry> Shown { get; init; }

    /// <summary>By which the Sharpe ratio is annualized.</summary>
    public required double DaysPerYear { get; init; }

    public required EngineOptions Engine { get; init; }
    /// <summary>The configuration that gives this run again.</summary>
    public required string AsUsed { get; init; }

    /// <summary>What the user should know about the strategies' code, one line each: the run goes on.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>All files that the run reads.</summary>
    public IEnumerable<string?> InputFiles =>
        [ConfigurationFile, .. Market.Files.Select(file => file.Path), Market.Reading.Definitions, .. Series.Select(series => series.File), .. Contexts.Select(context => context.File), CarryOver];

    /// <summary>The files that say what happened, by their roles in the run: without the configuration, which a run writes down itself.</summary>
    public IReadOnlyList<(string Role, string File)> DataFiles =>
    [
        .. Market.Files.Select(file => (file.Role, file.Path)),
        .. Market.Reading.Definitions is { } definitions ? [("definitions", definitions)] : Array.Empty<(string, string)>(),
        .. Series.Select(series => ($"series.{series.Name}", series.File)),
        .. Contexts.Select(context => ($"context.{context.Name}", context.File)),
        .. CarryOver is { } carried ? [("carry_over", carried)] : Array.Empty<(string, string)>(),
    ];

    /// <summary>Names of the strategies.</summary>
    public string Strategies => NamesOf(Engine.Strategies);

    /// <param name="needsStrategy">False: none is traded, so none has to be there.</param>
    /// <exception cref="InputException">A missing, unknown or impossible value.</exception>
    public static BacktestSettings Bind(RunConfiguration configuration, bool needsStrategy = true)
    {
        ConfigSection root = configuration.Root;
        ConfigSection data = root.Section("data");
        DbnReadOptions reading = MarketBinding.BindReading(data, out Timestamp start);
        MarketOptions market = MarketBinding.Bind(data, reading);
        ConfigSection venue = root.Section("venue");
        LatencyModel latency = BindLatency(venue);
        VenueFeatures features = BindFeatures(venue);
        RecoveryOptions recovery = RecoveryBinding.Bind(root.Section("orders"), latency);
        FeeSchedule usual = BindFees(root.Section("fees"), new FeeRates(0, 0, 0), out FeeRates usualRates);
        ConfigSection account = root.Section("account");
        CurrencyCode currency = account.Currency("currency", Currency("USD"));
        string? carryOver = account.FilePathOrNull("carry_over");
        decimal cash = BindCash(account, isCarried: carryOver is not null);
        SessionHours session = SessionBinding.Bind(root.Section("session"));
        IReadOnlyList<CurrencyRate> rates = BindRates(account.Section("rates"), currency);
        RiskLimits limits = RiskBinding.Bind(root.Section("risk"));
        VolatilityOptions volatility = MarginBinding.BindVolatility(root.Section("risk").Section("volatility"));
        StateOptions? states = StateBinding.BindStates(root.Section("risk"), hasPositionLimit: limits.HasPosition, hasMargin: root.Has("margin"));
        AdaptiveOptions? adaptive = StateBinding.BindAdaptive(root.Section("risk"), hasLimit: limits.HasExposure);
        bool cutsToLimits = root.Section("risk") is var risk && risk.Has("adjust") && risk.Bool("adjust");      // what nobody wrote is no part of the fingerprint
        Duration tradeWindow = root.Section("features").Duration("trade_window", Duration.FromMilliseconds(10_000), min: new Duration(1), max: Duration.FromMilliseconds(DayMilliseconds));
        IReadOnlyList<FeatureSpec> vector = FeatureBinding.Bind(root.Section("features"));
        FeatureTableOptions table = FeatureTableBinding.Bind(root.Section("features"));
        ConfigSection report = root.Section("report");
        Duration equityInterval = report.Duration("equity_interval", Duration.FromMilliseconds(1_000), min: Duration.Zero, max: Duration.FromMilliseconds(DayMilliseconds));
        long daysPerYear = report.Long("days_per_year", fallback: 252, min: 1, max: 366, affectsResult: false);
        IReadOnlyList<(string Symbol, ConfigSection Section)> named = root.Section("instrument").NamedSections();
        IReadOnlyList<InstrumentOverride> instruments = [.. named.Select(BindInstrument)];
        limits = limits with { ProductOf = RiskBinding.BindProducts(named) };
        MarginOptions? margin = MarginBinding.Bind(root);
        Dictionary<string, FeeSchedule> feesBySymbol = [];
        List<string> feesText = [usualRates.ToString()];
        foreach ((string symbol, ConfigSection section) in named.Where(instrument => FeeKeys.Any(instrument.Section.Has)))
        {
            feesBySymbol.Add(symbol, BindFees(section, usualRates, out FeeRates own));
            feesText.Add($"{symbol}: {own}");
        }
        List<string> warnings = [];
        IReadOnlyList<NamedStrategy> strategies = needsStrategy || root.Tables("strategy").Count > 0 ? BindStrategies(root, warnings) : [];
        IReadOnlyList<CarriedContext> contexts = BindContexts(root, strategies, isCarried: carryOver is not null);
        IReadOnlyList<SeriesOptions> series = SeriesBinding.Bind(root);
        IReadOnlyList<AggregatorOptions> aggregators = AggregatorBinding.Bind(root.Tables("aggregator"), [.. strategies.Select(strategy => strategy.Name)]);
        IReadOnlyList<string> owners = [.. strategies.Select(strategy => strategy.Name), .. aggregators.Select(aggregator => aggregator.Id)];
        RiskBinding.RequireStrategies(limits, owners);
        IReadOnlyList<KillRule> killRules = KillBinding.Bind(root.Section("risk").Section("kill"), limits, session);
        new KillThresholds(root.Section("risk"), limits, states, owners).RequireLast(killRules);
        LiquidationOptions liquidation = LiquidationBinding.Bind(root.Section("risk").Section("liquidation"));
        IReadOnlyList<OperatorOrder> operators = OperatorBinding.Bind(root.Tables("operator"), owners, start, reading.End);
        configuration.RejectUnknown();

        return new BacktestSettings
        {
            ConfigurationFile = configuration.Name,
            Title = $"{Path.GetFileNameWithoutExtension(configuration.Name)}: {NamesOf(strategies)}",
            Market = market,
            Instruments = instruments,
            Series = series,
            Table = table,
            Contexts = contexts,
            Operators = operators,
            CarryOver = carryOver is null ? null : CarryOverFile.PathIn(carryOver),
            Latency = latency,
            Fees = new FeeBook(usual, feesBySymbol),
            FeesText = string.Join("; ", feesText),
            Shown = [.. configuration.Entries.Where(entry => entry.Value is not null && ShownSections.Any(section => entry.Path.StartsWith(section, StringComparison.Ordinal)))],
            DaysPerYear = daysPerYear,
            Engine = new EngineOptions
            {
                Currency = currency,
                Cash = cash,
                Start = start,
                Strategies = strategies,
                Aggregators = aggregators,
                Rates = rates,
                Session = session,
                Limits = limits,
                Margin = margin,
                Volatility = volatility,
                States = states,
                Adaptive = adaptive,
                CutsToLimits = cutsToLimits,
                VenueFeatures = features,
                Recovery = recovery,
                KillRules = killRules,
                Liquidation = liquidation,
                TradeWindow = tradeWindow,
                Features = vector,
                EquityInterval = equityInterval,
                Configuration = configuration.Canonical(),
            },
            AsUsed = configuration.AsUsed(),
            Warnings = warnings,
        };
    }

    private static string NamesOf(IReadOnlyList<NamedStrategy> strategies) => string.Join(", ", strategies.Select(strategy => strategy.Name));

    private static LatencyModel BindLatency(ConfigSection venue)
    {
        Duration Latency(string key, long milliseconds) => venue.Duration(key, Duration.FromMilliseconds(milliseconds), min: Duration.Zero, max: Duration.FromMilliseconds(60_000));
        return new LatencyModel(entry: Latency("entry_latency", 1), response: Latency("response_latency", 1), feed: Latency("feed_latency", 0));
    }

    /// <summary>All but what the engine is to do in the venue's place.</summary>
    private static VenueFeatures BindFeatures(ConfigSection venue)
    {
        VenueFeatures features = VenueFeatures.All;
        foreach (string word in venue.Strings("held"))
        {
            int at = Array.IndexOf(HeldWords, word);
            if (at < 0) throw venue.Refuse("held", $"some of {string.Join(", ", HeldWords)}", "Name what the engine is to do in the venue's place.");
            features &= ~(VenueFeatures)(1 << at);
        }
        return features;
    }

    private static FeeSchedule BindFees(ConfigSection section, FeeRates otherwise, out FeeRates rates)
    {
        decimal Rate(string key, decimal fallback)
        {
            decimal rate = section.Decimal(key, fallback, min: -RateMax, max: RateMax);
            return decimal.Round(rate, 9) == rate ? rate : throw section.Refuse(key, "at most nine decimals", "Round it.");
        }
        rates = new FeeRates(Rate(FeeKeys[0], otherwise.MakerBps), Rate(FeeKeys[1], otherwise.TakerBps), Rate(FeeKeys[2], otherwise.PerContract));
        return new FeeSchedule(rates.MakerBps, rates.TakerBps, rates.PerContract);
    }

    private static List<CurrencyRate> BindRates(ConfigSection rates, CurrencyCode account)
    {
        List<CurrencyRate> bound = [];
        foreach (string code in rates.Keys)
        {
            if (!CurrencyCode.TryParse(code, out CurrencyCode currency) || currency == account)
                throw rates.Refuse(code, $"the rate of another currency than {account}, for example EUR = 1.08", "Name the currency by its code; the account's own needs no rate.");
            decimal rate = rates.Decimal(code, min: 0.000000001m, max: 1_000_000_000);
            if (decimal.Round(rate, 9) != rate) throw rates.Refuse(code, "at most nine decimals", "Round it.");
            bound.Add(new CurrencyRate(currency, rate));
        }
        return bound;
    }

    private static InstrumentOverride BindInstrument((string Symbol, ConfigSection Section) instrument)
    {
        ConfigSection section = instrument.Section;
        string? kind = section.Has("kind") ? section.Word("kind", Kinds) : null;
        return new InstrumentOverride(
            instrument.Symbol,
            section.PriceOrNull("tick", min: new Price(1)),
            section.QuantityOrNull("lot", min: new Quantity(1)),
            section.DecimalOrNull("multiplier", min: 0.000000001m, max: 1_000_000_000),
            kind is null ? null : Enum.Parse<InstrumentKind>(kind, ignoreCase: true),
            section.CurrencyOrNull("currency"));
    }

    /// <summary>New strategies, as the configuration names them; each call makes others.</summary>
    /// <param name="warnings">Takes what the user should know about their code.</param>
    internal static IReadOnlyList<NamedStrategy> BindStrategies(ConfigSection root, List<string> warnings)
    {
        IReadOnlyList<ConfigSection> sections = root.Tables("strategy");
        if (sections.Count == 0)
            throw new InputException("[[strategy]]", "none", "at least one", "Write a [[strategy]] section with name = \"quoter\", or with file = \"MyStrategy.cs\" for your own.");
        List<NamedStrategy> strategies = [];
        foreach (ConfigSection section in sections)
        {
            NamedStrategy strategy = StrategyBinding.Bind(section, warnings);
            if (strategies.Any(other => other.Name == strategy.Name))
                throw section.Refuse("id", $"another name than '{strategy.Name}', which is taken", $"Two strategies of one run need different names: write id = \"{strategy.Name}-2\".");
            strategies.Add(strategy);
        }
        return strategies;
    }

    /// <summary>With a carry-over the account has what it had.</summary>
    private static decimal BindCash(ConfigSection account, bool isCarried)
    {
        if (isCarried)
            return account.DecimalOrNull("cash") is null ? 0 : throw account.Refuse("cash", "nothing beside carry_over, which says what the account has", "Remove one of the two.");
        decimal cash = account.Decimal("cash", fallback: 100_000, min: 0, max: CashMax);
        return decimal.Round(cash, 9) == cash ? cash : throw account.Refuse("cash", "at most nine decimals", "Round it.");
    }

    private static List<CarriedContext> BindContexts(ConfigSection root, IReadOnlyList<NamedStrategy> strategies, bool isCarried)
    {
        List<CarriedContext> contexts = [];
        IReadOnlyList<ConfigSection> sections = root.Tables("strategy");
        for (int i = 0; i < sections.Count; i++)
        {
            if (sections[i].FilePathOrNull("context") is not { } file) continue;
            if (isCarried) throw sections[i].Refuse("context", "nothing beside account.carry_over, which has what the strategies stored", "Remove one of the two.");
            contexts.Add(new CarriedContext((ushort)i, strategies[i].Name, file));
        }
        return contexts;
    }

    private static CurrencyCode Currency(string code) => CurrencyCode.TryParse(code, out CurrencyCode currency) ? currency : CurrencyCode.None;

    private readonly record struct FeeRates(decimal MakerBps, decimal TakerBps, decimal PerContract)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"maker {MakerBps} bps, taker {TakerBps} bps, {PerContract} per contract");
    }
}
