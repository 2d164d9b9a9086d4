import AutoTaggerCLI

await AutoTaggerCommand.main()
