using Fathom.Domain;
using Fathom.Host.Verify;

namespace Fathom.Tests.Host.Verify;

public sealed class WitnessProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-witness-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_a_compiler_the_message_says_how_to_get_one()
    {
        File.WriteAllText(Path.Combine(_folder, "main.ml"), "let () = ()");
        InputException missing = Assert.Throws<InputException>(() => WitnessProgram.Build(_folder, searchPath: _folder));
        Assert.Contains("apt-get install ocaml-nox", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_built_needs_no_compiler_until_a_source_changes()
    {
        Assert.SkipUnless(WitnessProgram.IsAvailable, "no OCaml compiler; ./test --install brings it");
        string main = Path.Combine(_folder, "main.ml");
        File.WriteAllText(main, "let () = print_string \"1\"");
        string program = WitnessProgram.Build(_folder, Environment.GetEnvironmentVariable("PATH")!);
        Assert.Equal(program, WitnessProgram.Build(_folder, searchPath: ""));

        File.WriteAllText(main, "let () = print_string \"2\"");
        Assert.Throws<InputException>(() => WitnessProgram.Build(_folder, searchPath: ""));
        string edited = WitnessProgram.Build(_folder, Environment.GetEnvironmentVariable("PATH")!);
        Assert.True(File.Exists(edited) && !File.Exists(program), "the program of the earlier source is gone");
    }

    [Fact]
    public void A_source_that_does_not_compile_is_shown_with_the_compilers_words()
    {
        Assert.SkipUnless(WitnessProgram.IsAvailable, "no OCaml compiler; ./test --install brings it");
        File.WriteAllText(Path.Combine(_folder, "main.ml"), "let () = 1 + \"one\"");
        IOException broken = Assert.Throws<IOException>(() => WitnessProgram.Build(_folder, Environment.GetEnvironmentVariable("PATH")!));
        Assert.Contains("main.ml", broken.Message, StringComparison.Ordinal);
    }
}
