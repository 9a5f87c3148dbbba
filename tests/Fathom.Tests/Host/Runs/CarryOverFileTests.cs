using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Loop.CarryOver;
using Fathom.Host.Runs;
using Fathom.Tests.Engine.Loop;
using Fathom.Tests.Engine.Loop.CarryOver;

namespace Fathom.Tests.Host.Runs;

public sealed class CarryOverFileTests : IDisposable
{
    private readonly RunFolder _folder = RunFolder.Create(Directory.CreateTempSubdirectory("fathom-carry").FullName);

    private string FilePath => _folder.PathOf(RunFolder.CarryOver);

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Fact]
    public void What_an_engine_leaves_is_read_from_the_file_or_its_folder()
    {
        byte[] written = Write();
        Assert.True(CarryOverFile.Read(FilePath).Bytes.SequenceEqual(written));
        Assert.Equal(FilePath, CarryOverFile.PathIn(_folder.Path));
        Assert.Equal(FilePath, CarryOverFile.PathIn(FilePath));
    }

    [Fact]
    public void A_file_that_is_missing_cut_or_of_another_kind_is_refused_by_its_name()
    {
        Assert.Contains("no such file", Wrong(), StringComparison.Ordinal);
        byte[] written = Write();
        File.WriteAllBytes(FilePath, written[..^40]);
        Assert.Contains("It is cut off", Wrong(), StringComparison.Ordinal);
        File.WriteAllText(FilePath, "strategy,key,kind,value\n");
        Assert.Contains("a file of another kind", Wrong(), StringComparison.Ordinal);
        File.WriteAllText(FilePath, "");
        Assert.Contains("an empty file", Wrong(), StringComparison.Ordinal);
    }

    private string Wrong()
    {
        InputException wrong = Assert.Throws<InputException>(() => CarryOverFile.Read(FilePath));
        Assert.Equal(FilePath, wrong.Subject);
        return wrong.Message;
    }

    private byte[] Write()
    {
        ScriptedStrategy strategy = new();
        strategy.Book = (context, _) => context.Store.Set("seen", context.Clock.Nanos);
        using EngineRig rig = new(strategy);
        rig.Define().Quote(10.00m, 10.02m);
        CarryOverFile.Write(_folder, rig.Engine);
        return Roll.Of(rig.Engine).Bytes;
    }
}
