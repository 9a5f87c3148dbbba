using Fathom.Data;
using Fathom.Data.Files;
using Fathom.Data.Markets;
using Fathom.Domain;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;

namespace Fathom.Host.FeatureTables;

/// <summary>The data of a backtest through the same engine, driver and sessions, with a strategy that only writes rows.</summary>
internal static class FeatureTableRun
{
    private const string Name = "features";

    /// <param name="path">A CSV file, which appears when it is whole.</param>
    /// <param name="what">Of the progress line.</param>
    /// <param name="isPart">The data is cut off on purpose: instruments may not have come yet, and there may be no row.</param>
    /// <exception cref="InputException">The data is not what the settings say, or no row came of it.</exception>
    public static FeatureTableRows Write(BacktestSettings settings, FeatureTableColumns columns, string path, string what, Screen screen, CancellationToken stop, bool isPart = false)
    {
        InstrumentRegistry registry = new(settings.Instruments);
        using IMarketSource source = MarketFiles.Open(settings.Market, registry);
        IMessageSource tape = BacktestSession.Join(new TradableSource(source, settings.Engine.Currency), settings);
        using CsvFile file = CsvFile.Create(path, columns.Names);
        FeatureTableWriter table = new(file, columns);
        FeatureTableStrategy strategy = FeatureTableStrategy.Of(settings.Table, table);
        using SimulatedVenue venue = new(settings.Latency, settings.Fees, 0, settings.Engine.VenueFeatures, settings.Engine.Session);
        using TradingEngine engine = new(Watching(settings.Engine, strategy), venue);
        using (Progress progress = screen.StartProgress(what))
            BacktestDriver.Run(tape, engine, venue, done => progress.Update(done.Messages, BacktestSession.Share(source)), isOver: () => strategy.HasFailed, cancellation: stop);
        strategy.ThrowIfFailed();
        if (!isPart)
        {
            BacktestSession.RequireData(settings, source, engine, before: null);
            BacktestSession.RequireSeries(settings, tape, engine.Clock);
            FeatureBinding.RequireMet(engine);
        }
        if (engine.Summarize().Strategies[0].Failure is { } failure) throw new InvariantException($"the strategy that takes rows was halted: {failure.Message}");
        table.Finish(engine.Clock);
        if (table.RowCount == 0 && !isPart)
            throw new InputException("features.table.rows", $"{settings.Table.RowsText}, of which none came in {settings.Market.Title}", "at least one row", "Name shorter bars or a shorter time, or data that is longer.");
        file.Complete();
        return new FeatureTableRows(table.RowCount, table.First, table.Last, engine.Clock, table.Missing, [.. table.Instruments]);
    }

    /// <summary>What strategies, limits and operators of the configuration would do has no part in it.</summary>
    private static EngineOptions Watching(EngineOptions options, Strategy strategy) => new()
    {
        Currency = options.Currency,
        Cash = options.Cash,
        Rates = options.Rates,
        Start = options.Start,
        Session = options.Session,
        VenueFeatures = options.VenueFeatures,
        TradeWindow = options.TradeWindow,
        EquityInterval = options.EquityInterval,
        Features = options.Features,
        Strategies = [new NamedStrategy(Name, strategy)],
        Configuration = options.Configuration,
    };
}
